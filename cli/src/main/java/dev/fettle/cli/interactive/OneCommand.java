package dev.fettle.cli.interactive;

import dev.fettle.cli.interactive.live.Page;
import dev.fettle.cli.interactive.talk.Sitting;
import dev.fettle.cli.interactive.talk.Talk;
import dev.fettle.cli.text.Printable;
import dev.fettle.core.workspace.Shell;
import java.time.Duration;
import java.util.List;

/// Runs a command of the user's in the agent's sandbox, shows what it prints while it does, and keeps that for the
/// model.
record OneCommand(Sitting sitting, Talk talk, Page page) {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    void run(String script) throws InterruptedException {
        page.line(page.style().cyan("! ") + page.style().bold(script));
        StringBuilder line = new StringBuilder();
        Shell.Result result = sitting.host()
                .shell(sitting.flags())
                .run(new Shell.Command(script, LONGEST), piece -> print(line.append(Printable.of(piece))));
        if (!line.isEmpty()) {
            page.line("  " + line);
        }
        String end = words(result.end());
        talk.note("I ran `%s`; it %s. It printed:\n%s".formatted(script, end, result.output()));
        page.lines(List.of(page.style().dim("  " + end), ""));
    }

    private void print(StringBuilder text) {
        for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
            page.line("  " + text.substring(0, end));
            text.delete(0, end + 1);
        }
    }

    private static String words(Shell.End end) {
        return switch (end) {
            case Shell.End.Exited exited -> "ended with exit code " + exited.code();
            case Shell.End.TimedOut out -> "was stopped after " + out.after().toMinutes() + " min";
            case Shell.End.OutOfMemory _ -> "was stopped: it held too much memory";
            case Shell.End.TooManyProcesses _ -> "was stopped: it had too many processes";
        };
    }
}
