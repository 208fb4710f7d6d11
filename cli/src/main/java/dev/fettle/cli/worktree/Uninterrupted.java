package dev.fettle.cli.worktree;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import java.util.List;

/// What takes its time, to the end or until Ctrl-C.
final class Uninterrupted {
    private Uninterrupted() {}

    interface Work<T> {
        T run() throws InterruptedException;
    }

    static <T> T get(Work<T> work) {
        try {
            return work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.CANCELLED, List.of("Cancelled."));
        }
    }
}
