package dev.fettle.code.debug;

import dev.fettle.code.fault.Coverage;
import dev.fettle.code.fault.CoverageReport;
import dev.fettle.code.fault.Spectrum;
import dev.fettle.code.fault.Spectrum.Execution;
import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.Frame;
import dev.fettle.code.report.TestName;
import dev.fettle.code.report.TestReport;
import dev.fettle.code.runner.Place;
import dev.fettle.code.runner.Project;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestBench;
import dev.fettle.code.runner.TestCommand;
import dev.fettle.code.runner.TestRun;
import dev.fettle.core.workspace.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Runs tests once more with their lines counted: all at once where the tool tells them apart, otherwise the failing
/// ones and some that pass, each alone. Stops when its time is over, with what it has.
final class SpectrumRuns {
    private static final int MOST_FAILING = 3;
    private static final int MOST_PASSING = 6;
    /// Counting lines is slow; of a larger suite only the file of the failing test is run.
    private static final int MANY = 300;

    private final TestBench bench;
    private final Project project;
    private final long until;
    private final List<TestName> recovered = new ArrayList<>();

    SpectrumRuns(TestBench bench, Project project, Duration time) {
        this.bench = bench;
        this.project = project;
        this.until = System.nanoTime() + time.toNanos();
    }

    Spectrum of(Selection selection, TestReport report) throws InterruptedException {
        return project.runner().tellsTestsApart() ? atOnce(selection, report) : oneByOne(report);
    }

    /// The tests that failed before and have passed in these runs.
    List<TestName> recovered() {
        return List.copyOf(recovered);
    }

    private Selection narrowed(Selection selection, TestReport report) {
        return report.total() <= MANY
                ? selection
                : report.failures().stream()
                        .flatMap(failed -> failed.frames().stream())
                        .filter(Frame::isOurs)
                        .reduce((_, outermost) -> outermost)
                        .flatMap(Frame::path)
                        .<Selection>map(Selection.In::new)
                        .orElse(selection);
    }

    private Spectrum atOnce(Selection selection, TestReport report) throws InterruptedException {
        Optional<TestRun> run = run(narrowed(selection, report));
        List<Execution> executions = new ArrayList<>();
        Set<String> failed = new HashSet<>();
        run.ifPresent(each -> each.reading().failures().stream()
                .map(FailedTest::test)
                .map(SpectrumRuns::plain)
                .forEach(failed::add));
        if (run.flatMap(each -> each.reading().tests())
                .filter(again -> again.total() == report.total())
                .isPresent()) {
            report.failures().stream()
                    .map(FailedTest::test)
                    .filter(test -> !failed.contains(plain(test)))
                    .forEach(recovered::add);
        }
        run.flatMap(SpectrumRuns::report)
                .ifPresent(counted -> counted.byTest()
                        .forEach((test, coverage) ->
                                executions.add(new Execution(failed.contains(plain(test)), coverage))));
        return new Spectrum(executions);
    }

    private static String plain(TestName test) {
        return plain(test.suite() + "." + test.name());
    }

    /// A test by whichever name: `tests/test_cart.py::CartTest::test_total`, `tests.test_cart.CartTest.test_total`.
    private static String plain(String test) {
        return test.replace(".py::", ".")
                .replace("::", ".")
                .replace(".py.", ".")
                .replace('/', '.');
    }

    private Spectrum oneByOne(TestReport report) throws InterruptedException {
        List<Execution> executions = new ArrayList<>();
        List<TestName> failing = report.failures().stream()
                .filter(each -> !each.test().name().isEmpty())
                .map(FailedTest::test)
                .limit(MOST_FAILING)
                .toList();
        List<TestName> order = Stream.concat(failing.stream(), passing(report, failing).stream())
                .toList();
        for (TestName test : order) {
            Optional<TestRun> run = run(new Selection.One(test));
            if (run.isEmpty()) {
                break;
            }
            boolean failed = !run.get().hasPassed();
            if (!failed && failing.contains(test)) {
                recovered.add(test);
            }
            coverage(run.get()).ifPresent(coverage -> executions.add(new Execution(failed, coverage)));
        }
        return new Spectrum(executions);
    }

    /// Those of the same suites first, for they run most of the same code; then one of each other suite.
    private static List<TestName> passing(TestReport report, List<TestName> failing) {
        Set<String> suites = new HashSet<>(failing.stream().map(TestName::suite).toList());
        Set<String> taken = new HashSet<>();
        return Stream.concat(
                        report.passes().stream().filter(test -> suites.contains(test.suite())),
                        report.passes().stream()
                                .filter(test -> !suites.contains(test.suite()) && taken.add(test.suite())))
                .limit(MOST_PASSING)
                .toList();
    }

    private Optional<TestRun> run(Selection selection) throws InterruptedException {
        Optional<TestCommand> command = project.withCoverage(selection);
        Duration left = Duration.ofNanos(until - System.nanoTime());
        return command.isEmpty() || left.compareTo(Duration.ofSeconds(1)) < 0
                ? Optional.empty()
                : Optional.of(
                        bench.run(command.get(), new Place.Here(project.files().root()), left, Reach.SANDBOX));
    }

    private static Optional<CoverageReport> report(TestRun run) {
        return run.files().stream()
                .flatMap(file -> CoverageReport.read(file.content()).stream())
                .findFirst();
    }

    /// All that one run ran, in whichever of its reports.
    private static Optional<Coverage> coverage(TestRun run) {
        return run.files().stream()
                .flatMap(file -> CoverageReport.read(file.content()).stream())
                .flatMap(report -> report.byTest().values().stream())
                .reduce(Coverage::plus);
    }
}
