package dev.fettle.cli.host;

import java.util.List;

/// A command cannot do what it was asked. Each message is one sentence that names the value and the remedy.
public final class CommandException extends RuntimeException {
    private final int exitCode;
    private final List<String> messages;

    public CommandException(int exitCode, List<String> messages) {
        super(String.join("\n", messages));
        this.exitCode = exitCode;
        this.messages = List.copyOf(messages);
    }

    public static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, List.of(message));
    }

    public int exitCode() {
        return exitCode;
    }

    public List<String> messages() {
        return messages;
    }
}
