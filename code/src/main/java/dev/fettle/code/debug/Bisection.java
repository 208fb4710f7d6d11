package dev.fettle.code.debug;

import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.TestName;
import dev.fettle.code.runner.Place;
import dev.fettle.code.runner.TestBench;
import dev.fettle.code.runner.TestCommand;
import dev.fettle.code.runner.TestRun;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Reach;
import dev.fettle.core.workspace.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds the commit that brought a failure, by halving what lies between one without it and one with it.
///
/// Which commit halves best in a history with merges is git's to say (`rev-list --bisect-all`); the rest is
/// done here, because `git bisect` works in the user's tree and repository. Every commit is tried in a copy
/// of its own that is gone with the command ([Place.AtCommit]), and the shell may be one that can write
/// nowhere else.
public final class Bisection {
    private static final Duration GIT = Duration.ofSeconds(60);
    /// As for `git bisect run`.
    private static final int UNTESTABLE = 125;

    private static final int MOST_OF_PATCH = 6_000;
    private static final Pattern CANDIDATE = Pattern.compile("^([0-9a-f]{40,64})(?: \\(dist=\\d+\\))?$");
    private static final Pattern REVISION = Pattern.compile("[\\w./~^@{}+-]*");

    private final TestBench bench;
    private final Duration timeout;

    /// A bisection whose commands run on this bench.
    ///
    /// @param timeout of one try
    public Bisection(TestBench bench, Duration timeout) {
        this.bench = bench;
        this.timeout = timeout;
    }

    /// What the failure is at the bad end, to tell it from others.
    private record Signature(TestRun.Standing standing, Set<TestName> failing) {
        static Signature of(TestRun run) {
            return new Signature(
                    run.standing(),
                    run.reading().failures().stream().map(FailedTest::test).collect(Collectors.toSet()));
        }

        Bisected.Verdict verdict(TestRun run) {
            if (run.hasPassed()) {
                return Bisected.Verdict.GOOD;
            }
            boolean isOther = run.standing() != standing || isExit(run, UNTESTABLE);
            if (isOther) {
                return Bisected.Verdict.SKIPPED;
            }
            Set<TestName> common = new HashSet<>(of(run).failing());
            common.retainAll(failing);
            return failing.isEmpty() || !common.isEmpty() ? Bisected.Verdict.BAD : Bisected.Verdict.GOOD;
        }
    }

    private static boolean isExit(TestRun run, int code) {
        return run.end().equals(new Shell.End.Exited(code));
    }

    /// Looks for the first bad commit; blocks for as long as all tries take.
    ///
    /// @param good a revision without the failure
    /// @param bad one with it, that descends from it
    public Bisected find(String good, String bad, TestCommand command, FilePath directory) throws InterruptedException {
        Optional<String> from = commit(good);
        Optional<String> to = commit(bad);
        if (from.isEmpty() || to.isEmpty()) {
            return Bisected.impossible("There is no commit `%s` here.".formatted(from.isEmpty() ? good : bad));
        }
        List<Bisected.Step> steps = new ArrayList<>();
        TestRun worst = tried(to.get(), command, directory);
        if (worst.hasPassed() || isExit(worst, UNTESTABLE)) {
            return Bisected.impossible(
                    worst.hasPassed()
                            ? "Nothing fails at %s, so there is nothing to look for.".formatted(bad)
                            : "The commit %s cannot be tried: %s".formatted(bad, end(worst)));
        }
        Signature signature = Signature.of(worst);
        steps.add(step(to.get(), Bisected.Verdict.BAD));
        Bisected.Verdict best = signature.verdict(tried(from.get(), command, directory));
        steps.add(step(from.get(), best));
        if (best != Bisected.Verdict.GOOD) {
            return new Bisected(
                    steps,
                    Optional.empty(),
                    "",
                    best == Bisected.Verdict.BAD
                            ? "It fails at %s already; give an older commit as the good one.".formatted(good)
                            : "The commit %s cannot be tried, so nothing says that it is good.".formatted(good));
        }
        return narrowed(from.get(), to.get(), signature, command, directory, steps);
    }

    private Bisected narrowed(
            String from,
            String to,
            Signature signature,
            TestCommand command,
            FilePath directory,
            List<Bisected.Step> steps)
            throws InterruptedException {
        SequencedSet<String> good = new LinkedHashSet<>(List.of(from));
        Set<String> skipped = new HashSet<>();
        String bad = to;
        while (true) {
            String worst = bad;
            List<String> candidates = candidates(bad, good).stream()
                    .filter(each -> !each.equals(worst))
                    .toList();
            Optional<String> next =
                    candidates.stream().filter(each -> !skipped.contains(each)).findFirst();
            if (next.isEmpty()) {
                return new Bisected(
                        steps,
                        Optional.of(bad),
                        shown(bad),
                        candidates.isEmpty()
                                ? ""
                                : "%d commits before it could not be tried; one of them may be the first bad one."
                                        .formatted(candidates.size()));
            }
            Bisected.Verdict verdict = signature.verdict(tried(next.get(), command, directory));
            steps.add(step(next.get(), verdict));
            switch (verdict) {
                case GOOD -> good.add(next.get());
                case BAD -> bad = next.get();
                case SKIPPED -> skipped.add(next.get());
            }
        }
    }

    private TestRun tried(String commit, TestCommand command, FilePath directory) throws InterruptedException {
        return bench.run(command, new Place.AtCommit(commit, directory), timeout, Reach.SANDBOX);
    }

    private Bisected.Step step(String commit, Bisected.Verdict verdict) throws InterruptedException {
        return new Bisected.Step(commit, git("git log -1 --format=%s " + commit).strip(), verdict);
    }

    private Optional<String> commit(String revision) throws InterruptedException {
        String name = revision.isEmpty() ? "HEAD" : revision;
        boolean isName = REVISION.matcher(name).matches() && !name.startsWith("-");
        return isName
                ? git("git rev-parse --verify --quiet " + TestCommand.word(name + "^{commit}"))
                        .lines()
                        .filter(line -> CANDIDATE.matcher(line).matches())
                        .findFirst()
                : Optional.empty();
    }

    /// The commits that may be the first bad one, the best to try first.
    private List<String> candidates(String bad, Set<String> good) throws InterruptedException {
        return git("git rev-list --bisect-all %s --not %s".formatted(bad, String.join(" ", good)))
                .lines()
                .map(CANDIDATE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    private String shown(String commit) throws InterruptedException {
        String patch = git("git -c core.pager= show --no-ext-diff --no-textconv --no-color --stat --patch " + commit);
        return patch.length() <= MOST_OF_PATCH
                ? patch
                : patch.substring(0, MOST_OF_PATCH) + "\n… (git show %s has the rest)".formatted(commit);
    }

    private String git(String command) throws InterruptedException {
        StringBuilder output = new StringBuilder();
        bench.shell().run(new Shell.Command(command + " 2>/dev/null", GIT), output::append);
        return output.toString();
    }

    private static String end(TestRun run) {
        return run.output().lines().reduce((_, last) -> last).orElse("it says nothing");
    }
}
