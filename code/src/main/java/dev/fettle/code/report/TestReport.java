package dev.fettle.code.report;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// How tests went, whatever ran them. The counts are complete, the lists bounded.
///
/// @param failed tests that found something wrong
/// @param errored tests that broke
/// @param duration as the runner says; zero if it does not
/// @param failures those that failed or broke
/// @param passes those that passed, where the runner names them
public record TestReport(
        int passed,
        int failed,
        int errored,
        int skipped,
        Duration duration,
        List<FailedTest> failures,
        List<TestName> passes) {
    public static final TestReport EMPTY = new TestReport(0, 0, 0, 0, Duration.ZERO, List.of(), List.of());

    private static final int MOST_FAILURES = 200;
    private static final int MOST_PASSES = 5_000;

    public TestReport {
        failures = failures.stream().limit(MOST_FAILURES).toList();
        passes = passes.stream().limit(MOST_PASSES).toList();
    }

    /// Both together.
    public TestReport plus(TestReport other) {
        return new TestReport(
                passed + other.passed,
                failed + other.failed,
                errored + other.errored,
                skipped + other.skipped,
                duration.plus(other.duration),
                Stream.concat(failures.stream(), other.failures.stream()).toList(),
                Stream.concat(passes.stream(), other.passes.stream()).toList());
    }

    public int total() {
        return passed + failed + errored + skipped;
    }

    /// Whether something was tested and nothing found.
    public boolean isGreen() {
        return passed > 0 && isClean();
    }

    /// Whether nothing was found, if only for lack of tests.
    public boolean isClean() {
        return failed + errored == 0;
    }

    public TestReport mapped(UnaryOperator<Frame> place) {
        return new TestReport(
                passed,
                failed,
                errored,
                skipped,
                duration,
                failures.stream().map(each -> each.mapped(place)).toList(),
                passes);
    }

    /// As in `2 failed, 1 broken, 40 passed, 3 skipped`.
    public String counts() {
        return Stream.of(
                        count(failed, "failed"),
                        count(errored, "broken"),
                        passed + " passed",
                        count(skipped, "skipped"))
                .filter(each -> !each.isEmpty())
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }

    private static String count(int number, String word) {
        return number == 0 ? "" : number + " " + word;
    }
}
