package dev.fettle.code.report.read;

import dev.fettle.code.report.Expectation;
import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.TestName;
import dev.fettle.code.report.Trace;
import java.util.List;
import java.util.Optional;

/// Makes a failed test of what a runner says of it.
final class Failures {
    private static final int LONGEST_MESSAGE = 2_000;

    private Failures() {}

    /// A test whose report has nothing but text.
    ///
    /// @param message what it says of the failure; the first of `details` that says something, if it is blank
    /// @param details with a stack, as far as there is one
    static FailedTest of(TestName test, boolean isError, String message, List<String> details) {
        return of(test, isError, message, Optional.empty(), details);
    }

    /// The same, where the report tells what was expected.
    static FailedTest of(
            TestName test, boolean isError, String message, Optional<Expectation> expectation, List<String> details) {
        String said = message.isBlank() ? firstWords(details) : message.strip();
        return new FailedTest(
                test,
                isError,
                Lines.bounded(said, LONGEST_MESSAGE),
                expectation
                        .or(() -> Expectations.in(said))
                        .or(() -> Expectations.in(
                                String.join("\n", details.stream().limit(100).toList()))),
                StackTraces.framesIn(details));
    }

    /// The lines before the stack; with pytest, those marked as the error.
    private static String firstWords(List<String> details) {
        boolean isTraceback = details.stream().anyMatch(line -> line.startsWith("Traceback (most recent"));
        if (isTraceback) {
            return StackTraces.in(details).stream()
                    .map(Trace::error)
                    .findFirst()
                    .orElse("");
        }
        List<String> marked = details.stream()
                .filter(line -> line.startsWith("E  "))
                .map(line -> line.substring(1).strip())
                .toList();
        List<String> chosen = marked.isEmpty()
                ? details.stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .takeWhile(line -> !line.startsWith("at ") && !line.startsWith("stack backtrace"))
                        .filter(line -> !line.matches("[-=~^]{3,}"))
                        .toList()
                : marked;
        return String.join("\n", chosen.stream().limit(12).toList());
    }
}
