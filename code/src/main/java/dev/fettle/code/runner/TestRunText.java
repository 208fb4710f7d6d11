package dev.fettle.code.runner;

import dev.fettle.code.report.Diagnostic;
import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.Frame;
import dev.fettle.code.report.TestReport;
import dev.fettle.core.workspace.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A test run in words, for models and people. Bounded; says what it leaves out. How long it took is not told: a model
/// that repeats itself is recognised by equal results.
public final class TestRunText {
    private static final int MOST_FAILURES = 10;
    private static final int MOST_DIAGNOSTICS = 20;
    private static final int MOST_FRAMES = 5;
    private static final int MOST_MESSAGE_LINES = 12;
    private static final int MOST_OF_OUTPUT = 4_000;

    private TestRunText() {}

    public static String of(TestRun run) {
        List<String> lines = new ArrayList<>();
        lines.add("$ " + run.command());
        lines.add(summary(run));
        run.remarks().forEach(lines::add);
        run.reading().failures().stream().limit(MOST_FAILURES).forEach(failed -> lines.addAll(failure(failed)));
        rest(run.reading().failures().size(), MOST_FAILURES, "failed tests", lines);
        List<Diagnostic> errors = run.reading().errors();
        errors.stream().limit(MOST_DIAGNOSTICS).map(Diagnostic::toString).forEach(lines::add);
        rest(errors.size(), MOST_DIAGNOSTICS, "errors", lines);
        if (!run.hasPassed() && run.reading().failures().isEmpty()) {
            lines.add("The end of its output:");
            lines.add(end(run.output()));
        }
        run.fullOutput().ifPresent(file -> lines.add("All of the output: " + file));
        return String.join("\n", lines);
    }

    /// How it went, in one line.
    public static String summary(TestRun run) {
        String counts = run.reading()
                .tests()
                .map(TestReport::counts)
                .map(text -> ": " + text)
                .orElse("");
        return switch (run.standing()) {
            case PASSED -> "Passed" + counts;
            case FAILED -> "Failed" + counts;
            case BROKEN_BUILD ->
                "It does not get as far as the tests: %d errors"
                        .formatted(run.reading().errors().size());
            case BROKEN -> "Ended with %s, without a word about tests".formatted(words(run.end()));
            case NO_TESTS -> "There were no tests to run";
            case STOPPED -> "Stopped: " + words(run.end()) + counts;
        };
    }

    private static String words(Shell.End end) {
        return switch (end) {
            case Shell.End.Exited(int code) -> "exit code " + code;
            case Shell.End.TimedOut(Duration after) ->
                "it had not ended after %d s, and everything it started was killed".formatted(after.toSeconds());
            case Shell.End.OutOfMemory(long limit) ->
                "it held more than the %,d MB of memory that a command may have".formatted(limit / 1024 / 1024);
            case Shell.End.TooManyProcesses(int limit) ->
                "it had more than the %d processes at once that a command may have".formatted(limit);
        };
    }

    private static List<String> failure(FailedTest failed) {
        List<String> lines = new ArrayList<>();
        lines.add("%s %s".formatted(failed.isError() ? "BROKEN" : "FAILED", failed.test()));
        failed.message()
                .lines()
                .limit(MOST_MESSAGE_LINES)
                .map(line -> "  " + line)
                .forEach(lines::add);
        failed.expectation()
                .ifPresent(wanted ->
                        lines.add("  expected: %s, actual: %s".formatted(wanted.expected(), wanted.actual())));
        Stream<Frame> frames = failed.frames().stream().filter(Frame::isOurs);
        frames.limit(MOST_FRAMES).map(frame -> "  at " + frame).forEach(lines::add);
        return lines;
    }

    private static void rest(int count, int shown, String what, List<String> lines) {
        if (count > shown) {
            lines.add("… and %d more %s".formatted(count - shown, what));
        }
    }

    private static String end(String output) {
        String text = output.stripTrailing();
        if (text.isEmpty()) {
            return "[no output]";
        }
        return text.length() <= MOST_OF_OUTPUT ? text : "…" + text.substring(text.length() - MOST_OF_OUTPUT);
    }
}
