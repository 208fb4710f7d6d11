package dev.fettle.code.fault;

import dev.fettle.code.report.Diagnostic;
import dev.fettle.code.report.Frame;
import dev.fettle.code.report.Reading;
import dev.fettle.code.report.Trace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Weighs what speaks against each line.
///
/// Every piece of evidence is taken for a chance that the line is to blame, independent of the others, so that no
/// amount of weak ones outweighs a compiler's word. Weights were chosen so that, of one piece alone, an error of a
/// compiler goes before the innermost own frame, that before a line which only failing tests run, and that before a
/// recent change. A test is seldom wrong itself, so its lines count for less.
public final class Localisation {
    private static final int MOST = 10;
    private static final double COMPILER = 0.9;
    private static final double FRAME = 0.6;
    private static final double OUTER_FRAME = 0.7;
    private static final double SPECTRUM = 0.55;
    private static final double CHANGE_OF_SUSPECT = 0.3;
    private static final double CHANGE_ALONE = 0.15;
    private static final double TEST = 0.35;
    private static final Pattern TEST_FILE = Pattern.compile(
            "(?:^|/)(?:tests?|spec|specs|__tests__)/|src/(?:test|it)/|(?:Tests?|Spec|IT|TestCase)\\.\\w+$"
                    + "|(?:^|/)test_[^/]*$|[._-](?:test|spec)s?\\.\\w+$");

    private final SortedMap<String, SortedMap<Integer, Line>> lines = new TreeMap<>();

    private static final class Line {
        private double innocence = 1;
        private final SequencedSet<String> reasons = new LinkedHashSet<>();

        void add(double chance, String reason) {
            if (reasons.add(reason)) {
                innocence *= 1 - chance;
            }
        }
    }

    private Localisation() {}

    /// The most suspicious lines, the first first.
    ///
    /// @param reading with the files' places in the workspace
    /// @param spectrum likewise
    /// @param isOurs whether the workspace has such a file
    public static List<Suspect> rank(Reading reading, Spectrum spectrum, RecentLines recent, Predicate<String> isOurs) {
        Localisation localisation = new Localisation();
        localisation.addDiagnostics(reading.errors(), isOurs);
        localisation.addFrames(reading);
        localisation.addSpectrum(spectrum);
        localisation.addChanges(recent);
        return localisation.ranked();
    }

    /// The files that are worth asking git about.
    public static Collection<String> files(Reading reading, Spectrum spectrum, Predicate<String> isOurs) {
        SequencedSet<String> files = new LinkedHashSet<>();
        reading.errors().stream().map(Diagnostic::path).filter(isOurs).forEach(files::add);
        stacks(reading).stream()
                .flatMap(stack -> stack.frames().stream())
                .flatMap(frame -> frame.path().stream())
                .forEach(files::add);
        spectrum.suspected().keySet().stream().filter(isOurs).forEach(files::add);
        return files;
    }

    /// Whether a path looks like that of a test.
    public static boolean isTest(String path) {
        return TEST_FILE.matcher(path).find();
    }

    private void addDiagnostics(List<Diagnostic> errors, Predicate<String> isOurs) {
        for (int i = 0; i < errors.size(); i++) {
            Diagnostic error = errors.get(i);
            if (isOurs.test(error.path())) {
                // The first error often causes the others.
                line(error.path(), error.line())
                        .add(COMPILER * Math.pow(0.95, Math.min(i, 40)), "the compiler: " + error.message());
            }
        }
    }

    private record Stack(String of, List<Frame> frames) {}

    /// Those of failing tests; those of the whole output only where there are none.
    private static List<Stack> stacks(Reading reading) {
        List<Stack> ofTests = reading.failures().stream()
                .filter(failed -> failed.frames().stream().anyMatch(Frame::isOurs))
                .map(failed -> new Stack(failed.test().toString(), failed.frames()))
                .toList();
        return ofTests.isEmpty()
                ? reading.traces().stream().map(Localisation::stack).toList()
                : ofTests;
    }

    private static Stack stack(Trace trace) {
        return new Stack(trace.error().isEmpty() ? "an error" : trace.error(), trace.frames());
    }

    private void addFrames(Reading reading) {
        List<Stack> stacks = stacks(reading);
        double share = stacks.size() <= 1 ? 1 : 0.8;
        for (Stack stack : stacks) {
            List<Frame> ours = stack.frames().stream().filter(Frame::isOurs).toList();
            double chance = FRAME * share;
            for (int i = 0; i < ours.size(); i++) {
                String path = ours.get(i).path().orElseThrow();
                String reason = i == 0
                        ? "innermost own frame of " + stack.of()
                        : "own frame %d of %s".formatted(i + 1, stack.of());
                line(path, ours.get(i).line()).add(chance * (isTest(path) ? TEST : 1), reason);
                chance *= OUTER_FRAME;
            }
        }
    }

    private void addSpectrum(Spectrum spectrum) {
        if (!spectrum.isTelling()) {
            return;
        }
        spectrum.suspected().forEach((path, covered) -> {
            for (int line : bits(covered)) {
                Spectrum.Tally tally = spectrum.tally(path, line);
                double chance = SPECTRUM * tally.ochiai() * (isTest(path) ? TEST : 1);
                line(path, line)
                        .add(
                                chance,
                                "run by %d of %d failing and %d of %d passing tests (Ochiai %s)"
                                        .formatted(
                                                tally.failed(),
                                                tally.allFailed(),
                                                tally.passed(),
                                                tally.allPassed(),
                                                String.format(Locale.ROOT, "%.2f", tally.ochiai())));
            }
        });
    }

    private static List<Integer> bits(BitSet set) {
        return set.stream().boxed().toList();
    }

    private void addChanges(RecentLines recent) {
        lines.forEach((path, suspected) -> {
            suspected.forEach((number, line) -> recent.change(path, number)
                    .ifPresent(change -> line.add(CHANGE_OF_SUSPECT * change.weight(), change.words())));
            for (int number : recent.uncommitted(path)) {
                suspected.computeIfAbsent(number, _ -> uncommitted(path));
            }
        });
    }

    private static Line uncommitted(String path) {
        Line line = new Line();
        line.add(CHANGE_ALONE * (isTest(path) ? TEST : 1), "changed and not committed");
        return line;
    }

    private Line line(String path, int number) {
        return lines.computeIfAbsent(path, _ -> new TreeMap<>()).computeIfAbsent(number, _ -> new Line());
    }

    private List<Suspect> ranked() {
        List<Suspect> suspects = new ArrayList<>();
        lines.forEach((path, suspected) -> suspected.forEach((number, line) ->
                suspects.add(new Suspect(path, number, 1 - line.innocence, List.copyOf(line.reasons)))));
        return suspects.stream()
                .sorted(Comparator.comparingDouble(Suspect::score)
                        .reversed()
                        .thenComparing(Suspect::path)
                        .thenComparingInt(Suspect::line))
                .limit(MOST)
                .toList();
    }
}
