package dev.fettle.code.repair;

import dev.fettle.code.debug.Findings;
import dev.fettle.code.repair.operator.Edit;
import dev.fettle.code.repair.operator.Mutant;
import dev.fettle.code.repair.trial.Trials;
import dev.fettle.code.repair.trial.Worker;
import dev.fettle.code.repair.trial.Workers;
import dev.fettle.code.report.TestReport;
import dev.fettle.code.runner.Place;
import dev.fettle.code.runner.Project;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestBench;
import dev.fettle.code.runner.TestCommand;
import dev.fettle.code.runner.TestRun;
import dev.fettle.core.workspace.Reach;
import dev.fettle.core.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Looks for one edit that makes all tests pass. Nothing of it touches the workspace until a patch is applied: mutants
/// run in copies, in a shell that should be able to write nothing else.
///
/// What passes in a worker is only a candidate. It is made as small as it can be, and then all tests are run with the
/// project's own command in a fresh copy, where as many have to pass as there are: a mutant may leave the tests out, or
/// end the process well. Even then the patch is plausible and no more (Qi et al., "An analysis of patch plausibility
/// and correctness", 2015).
public final class Repair {
    private static final Duration LEAST_EACH = Duration.ofMillis(1_500);
    private static final Duration MOST_EACH = Duration.ofSeconds(30);
    private static final int MOST_FALSE = 5;

    private final TestBench bench;
    private final Workspace workspace;

    /// A search on a bench.
    ///
    /// @param bench whose shell can write nothing but its temporary directory
    public Repair(TestBench bench) {
        this.bench = bench;
        this.workspace = bench.workspace();
    }

    /// Searches until a patch is found, everything was tried, or the time is over; blocks as long.
    public Searched search(Findings findings, Duration time) throws InterruptedException {
        if (findings.verdict() != Findings.Verdict.REPRODUCED
                || findings.subject().command().isEmpty()) {
            return Searched.nothing("There is no failing test or command to search with.", Searched.Effort.NONE);
        }
        Candidates.Ranked ranked = Candidates.of(findings, workspace);
        if (ranked.mutants().isEmpty()) {
            return Searched.nothing(
                    "No suspicious file is one of Java, Python or JavaScript outside the tests.", Searched.Effort.NONE);
        }
        return new Search(findings, ranked, time).run();
    }

    private final class Search {
        private final Findings findings;
        private final Candidates.Ranked ranked;
        private final long begun = System.nanoTime();
        private final Duration time;

        Search(Findings findings, Candidates.Ranked ranked, Duration time) {
            this.findings = findings;
            this.ranked = ranked;
            this.time = time;
        }

        private Duration spent() {
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        private Duration left() {
            return time.minus(spent());
        }

        Searched run() throws InterruptedException {
            for (Worker worker : Workers.of(findings)) {
                Trials trials = new Trials(bench.shell(), findings.subject().directory(), worker, each(worker));
                OptionalInt first = trials.firstPassing(ranked.mutants(), 0, left());
                if (trials.isFaithful()) {
                    return searched(worker, trials, first);
                }
            }
            return Searched.nothing(
                    "The tests cannot be run in a copy of the workspace, or do not fail there each time.",
                    Searched.Effort.NONE);
        }

        /// Several times as long as all tests took; a command also starts something.
        private Duration each(Worker worker) {
            TestRun run = findings.run().orElseThrow();
            Duration tests = run.reading().tests().orElse(TestReport.EMPTY).duration();
            Duration usual = worker.isCommand() || tests.isZero() ? run.duration() : tests;
            Duration each = LEAST_EACH.plus(usual.multipliedBy(2));
            return each.compareTo(MOST_EACH) < 0 ? each : MOST_EACH;
        }

        private Searched searched(Worker worker, Trials trials, OptionalInt first) throws InterruptedException {
            OptionalInt passing = first;
            for (int i = 0; i < MOST_FALSE && passing.isPresent(); i++) {
                Mutant least = least(ranked.mutants().get(passing.getAsInt()), trials);
                Patch patch = patch(least);
                if (passesAll(patch)) {
                    return new Searched(Optional.of(patch), "", effort(worker, trials));
                }
                passing = trials.firstPassing(ranked.mutants(), passing.getAsInt() + 1, left());
            }
            String why = left().isPositive()
                    ? "No single edit that was tried makes all tests pass."
                    : "No edit that was tried within the time makes all tests pass.";
            return Searched.nothing(why, effort(worker, trials));
        }

        private Searched.Effort effort(Worker worker, Trials trials) {
            return new Searched.Effort(
                    worker.name(), ranked.mutants().size(), trials.tried(), trials.hung(), trials.broken(), spent());
        }

        /// The same without those of its edits that it does not need.
        private Mutant least(Mutant mutant, Trials trials) throws InterruptedException {
            Mutant least = mutant;
            for (Edit each : mutant.edits()) {
                List<Edit> fewer = new ArrayList<>(least.edits());
                fewer.remove(each);
                if (!fewer.isEmpty()
                        && trials.firstPassing(List.of(least.with(fewer)), 0, left())
                                .isPresent()) {
                    least = least.with(fewer);
                }
            }
            return least;
        }

        private Patch patch(Mutant mutant) {
            byte[] before = ranked.before(mutant.path());
            return new Patch(
                    mutant.path(),
                    mutant.fault(),
                    new String(before, StandardCharsets.UTF_8),
                    new String(Edit.apply(mutant.edits(), before), StandardCharsets.UTF_8));
        }

        private boolean passesAll(Patch patch) throws InterruptedException {
            Optional<Project> project = findings.subject().project();
            TestCommand all = project.map(each -> each.command(new Selection.All()))
                    .orElseGet(() -> findings.subject().command().orElseThrow());
            TestRun run = bench.run(
                    all,
                    new Place.WithFile(
                            project.map(each -> each.files().root())
                                    .orElse(findings.subject().directory()),
                            workspace.locate(patch.path()),
                            patch.after()),
                    MOST_EACH.plus(findings.run().orElseThrow().duration().multipliedBy(2)),
                    Reach.SANDBOX);
            return run.hasPassed() && passed(run) >= wanted();
        }

        private static int passed(TestRun run) {
            return run.reading().tests().map(TestReport::passed).orElse(0);
        }

        /// As many as there are, if it is known how many.
        private int wanted() {
            return findings.reading()
                    .tests()
                    .map(tests -> tests.passed() + tests.failed() + tests.errored())
                    .orElse(0);
        }
    }
}
