package dev.fettle.core.permission.command;

import java.util.Set;

/// Which commands a rule may allow by their words.
public final class Trust {
    private static final Set<String> NEVER_REMEMBERED = Set.of("git", "env", "sudo");

    private Trust() {}

    /// Whether its words say what it does: it is found by its plain name, runs nothing else, and has no
    /// code in its arguments.
    public static boolean isPlain(SimpleCommand command) {
        return !command.name().isEmpty()
                && !command.name().contains("/")
                && command.fedBy().isEmpty()
                && !Wrapper.isWrapper(command)
                && !Interpreter.hasInlineCode(command);
    }

    /// Whether a yes to it may be kept, or let it out of the sandbox: git runs what a repository's settings
    /// say.
    public static boolean isLasting(SimpleCommand command) {
        return isPlain(command) && !NEVER_REMEMBERED.contains(command.program());
    }
}
