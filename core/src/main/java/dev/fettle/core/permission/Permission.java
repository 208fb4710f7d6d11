package dev.fettle.core.permission;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fettle.core.workspace.Reach;

/// One thing a tool call wants to do to the world.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Permission.Read.class, name = "read"),
    @JsonSubTypes.Type(value = Permission.Write.class, name = "write"),
    @JsonSubTypes.Type(value = Permission.Execute.class, name = "execute"),
    @JsonSubTypes.Type(value = Permission.Widen.class, name = "widen"),
})
public sealed interface Permission {

    /// To look at a file or directory.
    ///
    /// @param path relative to the workspace, as the model wrote it
    record Read(String path) implements Permission {}

    /// To create, change or remove a file.
    ///
    /// @param path relative to the workspace, as the model wrote it
    record Write(String path) implements Permission {}

    /// To run a command.
    ///
    /// @param command the script a shell will be given
    record Execute(String command) implements Permission {}

    /// To run a command that reaches further than the sandbox lets it.
    ///
    /// @param command the script a shell will be given
    record Widen(String command, Reach reach) implements Permission {}

    /// The request in a person's words, for a question or a refusal.
    default String describe() {
        return switch (this) {
            case Read read -> "read " + read.path();
            case Write write -> "write " + write.path();
            case Execute execute -> "run: " + execute.command();
            case Widen widen -> "run %s: %s".formatted(words(widen.reach()), widen.command());
        };
    }

    private static String words(Reach reach) {
        return switch (reach) {
            case SANDBOX -> "in the sandbox";
            case NETWORK -> "with the network";
            case FULL -> "outside the sandbox";
        };
    }
}
