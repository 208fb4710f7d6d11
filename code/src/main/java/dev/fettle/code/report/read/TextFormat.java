package dev.fettle.code.report.read;

import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.TestName;
import dev.fettle.code.report.TestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a runner prints for people, read by its wording: where it counts, and where it begins to tell of a failed test.
///
/// @param counts a line that fits one of them says that these tests were run at all; a count is in group `n`, or one
/// @param failure begins what is said of one test: `name`, and perhaps `suite`, `kind` and `seconds`
/// @param end ends it; a next beginning does so too
/// @param listing names a failed test once more, with its `suite` and perhaps the `message`
/// @param suite names the suite of the failures that follow
record TextFormat(List<Count> counts, Pattern failure, Pattern end, Optional<Pattern> listing, Optional<Pattern> suite)
        implements OutputReader.Format {
    private static final int MOST_LINES_OF_ONE = 300;
    private static final int MOST_FAILURES = 200;

    enum Counted {
        PASSED,
        FAILED,
        ERRORED,
        SKIPPED,
        TOTAL
    }

    record Count(Counted counted, Pattern pattern) {
        static Count of(Counted counted, String pattern) {
            return new Count(counted, Pattern.compile(pattern));
        }
    }

    @Override
    public Optional<TestReport> read(String text) {
        return read(Lines.of(text));
    }

    Optional<TestReport> read(List<String> lines) {
        Map<Counted, Integer> found = new EnumMap<>(Counted.class);
        Duration duration = Duration.ZERO;
        for (String line : lines) {
            for (Count count : counts) {
                Optional<Hit> hit = Hit.in(line, count.pattern());
                if (hit.isPresent()) {
                    found.merge(
                            count.counted(),
                            hit.get().get("n").isEmpty() ? 1 : hit.get().number("n"),
                            Integer::sum);
                    duration = duration.plus(hit.get().duration());
                }
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(report(found, duration, failures(lines)));
    }

    private static TestReport report(Map<Counted, Integer> found, Duration duration, List<FailedTest> failures) {
        int broken =
                Math.toIntExact(failures.stream().filter(FailedTest::isError).count());
        int errored = found.getOrDefault(Counted.ERRORED, broken);
        int failed = found.getOrDefault(Counted.FAILED, failures.size() - broken);
        int skipped = found.getOrDefault(Counted.SKIPPED, 0);
        int passed = found.containsKey(Counted.PASSED)
                ? found.get(Counted.PASSED)
                : Math.max(0, found.getOrDefault(Counted.TOTAL, 0) - failed - errored - skipped);
        return new TestReport(passed, failed, errored, skipped, duration, failures, List.of());
    }

    private List<FailedTest> failures(List<String> lines) {
        List<FailedTest> failures = new ArrayList<>();
        List<String> said = new ArrayList<>();
        Optional<Hit> under = Optional.empty();
        String in = "";
        for (String line : lines) {
            Optional<Hit> begin = Hit.in(line, failure);
            Optional<Hit> named = suite.flatMap(pattern -> Hit.in(line, pattern));
            if (begin.isPresent() || named.isPresent() || end.matcher(line).find()) {
                String around = in;
                under.ifPresent(hit -> add(failures, failed(hit, around, said)));
                under = begin;
                said.clear();
                in = named.map(hit -> hit.get("suite")).orElse(in);
            } else if (under.isPresent() && said.size() < MOST_LINES_OF_ONE) {
                said.add(line);
            }
        }
        String around = in;
        under.ifPresent(hit -> add(failures, failed(hit, around, said)));
        listing.ifPresent(pattern ->
                lines.forEach(line -> Hit.in(line, pattern).ifPresent(hit -> list(failures, hit))));
        return failures;
    }

    /// Jest says each twice, the second time at the end.
    private static void add(List<FailedTest> failures, FailedTest failed) {
        boolean isKnown = failures.stream().anyMatch(each -> each.test().equals(failed.test()));
        if (!isKnown && failures.size() < MOST_FAILURES) {
            failures.add(failed);
        }
    }

    private static FailedTest failed(Hit hit, String suite, List<String> said) {
        String name = hit.get("name").strip();
        String own = hit.get("suite").strip();
        // unittest names the method twice since Python 3.11.
        String outer = own.endsWith("." + name) ? own.substring(0, own.length() - name.length() - 1) : own;
        return Failures.of(
                new TestName(outer.isEmpty() ? suite : outer, name),
                hit.get("kind").startsWith("ERROR"),
                "",
                said);
    }

    private static void list(List<FailedTest> failures, Hit hit) {
        String name = hit.get("name").strip();
        for (int i = 0; i < failures.size(); i++) {
            FailedTest known = failures.get(i);
            if (known.test().suite().isEmpty() && isSame(known.test().name(), name)) {
                failures.set(i, named(known, hit.get("suite"), name));
                return;
            }
        }
        TestName test = new TestName(hit.get("suite"), name);
        if (failures.stream().noneMatch(each -> each.test().equals(test))) {
            add(failures, Failures.of(test, hit.get("kind").startsWith("ERROR"), hit.get("message"), List.of()));
        }
    }

    private static boolean isSame(String title, String name) {
        return title.replace("ERROR at setup of ", "").equals(name.replace("::", "."));
    }

    private static FailedTest named(FailedTest known, String suite, String name) {
        return new FailedTest(
                new TestName(suite, name),
                known.isError() || known.test().name().startsWith("ERROR "),
                known.message(),
                known.expectation(),
                known.frames());
    }
}
