package dev.fettle.core.permission;

import java.util.Optional;
import java.util.function.Supplier;

/// Reading and writing in the workspace is what the agent was called for. Commands run without a question as long as
/// they are confined; leaving the sandbox is asked each time. Where nothing confines them, each command is asked.
///
/// @param mayWrite whether files of the workspace may be changed
/// @param unconfined why commands are not confined; empty if they are; asked when the first command comes
public record SandboxPolicy(boolean mayWrite, Supplier<Optional<String>> unconfined) implements Policy {

    @Override
    public Decision decide(Permission permission) {
        return switch (permission) {
            case Permission.Read _ -> new Decision.Allow();
            case Permission.Write _ ->
                mayWrite
                        ? new Decision.Allow()
                        : new Decision.Deny("The sandbox is read-only; say what you would change instead.");
            case Permission.Execute _ ->
                unconfined
                        .get()
                        .<Decision>map(why -> new Decision.Ask("There is no sandbox: " + why))
                        .orElseGet(Decision.Allow::new);
            // Without a sandbox to leave, the question was asked for the command already.
            case Permission.Widen _ ->
                unconfined.get().isPresent() ? new Decision.Allow() : new Decision.Ask("It would leave the sandbox.");
        };
    }
}
