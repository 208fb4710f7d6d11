package dev.fettle.code.report.read;

import dev.fettle.code.report.Expectation;
import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.TestName;
import dev.fettle.code.report.TestReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The Test Anything Protocol (<https://testanything.org/tap-version-14-specification.html>), with the YAML blocks that
/// Node's runner, Mocha and tap write. A test that only holds others is not counted.
final class Tap implements OutputReader.Format {
    private static final Pattern PLAN = Pattern.compile("^\\s*1\\.\\.\\d+");
    private static final Pattern POINT = Pattern.compile(
            "^(?<indent>\\s*)(?<not>not )?ok\\b(?: \\d+)?(?: -)?\\s*(?<name>[^#]*)(?:# (?<directive>\\S+).*)?$");
    private static final Pattern SUBTEST = Pattern.compile("^(?<indent>\\s*)# Subtest: (?<name>.*)$");
    private static final Pattern VALUE = Pattern.compile("^\\s*(?<key>[a-zA-Z_]+): ?(?<value>.*)$");
    private static final Pattern DURATION = Pattern.compile("^# duration_ms (?<millis>[\\d.]+)$");

    @Override
    public Optional<TestReport> read(String text) {
        List<String> lines = Lines.of(text);
        boolean isTap = lines.stream()
                .limit(2_000)
                .anyMatch(line ->
                        line.startsWith("TAP version ") || PLAN.matcher(line).find());
        return isTap && lines.stream().anyMatch(line -> POINT.matcher(line).find())
                ? Optional.of(new Points(lines).report())
                : Optional.empty();
    }

    private static final class Points {
        private final List<String> lines;
        private final List<FailedTest> failures = new ArrayList<>();
        private final List<TestName> passes = new ArrayList<>();
        /// The names of the tests that are open, outermost first.
        private final List<String> open = new ArrayList<>();
        private int skipped;
        private TestReport report = TestReport.EMPTY;
        private boolean justClosed;

        Points(List<String> lines) {
            this.lines = lines;
        }

        TestReport report() {
            for (int i = 0; i < lines.size(); i++) {
                accept(i);
            }
            int failed = failures.size();
            return new TestReport(passes.size(), failed, 0, skipped, report.duration(), failures, passes);
        }

        private void accept(int index) {
            String line = lines.get(index);
            Optional<Hit> subtest = Hit.in(line, SUBTEST);
            Optional<Hit> point = Hit.in(line, POINT);
            if (subtest.isPresent()) {
                close(depth(subtest.get()));
                open.add(subtest.get().get("name"));
                justClosed = false;
            } else if (point.isPresent()) {
                point(index, point.get());
            } else {
                Hit.in(line, DURATION)
                        .ifPresent(hit -> report = new TestReport(0, 0, 0, 0, hit.duration(), List.of(), List.of()));
            }
        }

        private static int depth(Hit hit) {
            return hit.get("indent").length() / 4;
        }

        /// Leaves open what is outside of this depth.
        private void close(int depth) {
            while (open.size() > depth) {
                open.removeLast();
                justClosed = true;
            }
        }

        private void point(int index, Hit point) {
            int depth = depth(point);
            boolean holdsOthers = open.size() == depth + 1 && justClosed;
            boolean wasOpen = open.size() > depth + 1;
            close(depth);
            boolean isParent = holdsOthers || wasOpen;
            justClosed = true;
            if (isParent) {
                return;
            }
            TestName test =
                    new TestName(String.join(" › ", open), point.get("name").strip());
            String directive = point.get("directive");
            if (directive.equalsIgnoreCase("SKIP") || directive.equalsIgnoreCase("TODO")) {
                skipped++;
            } else if (point.get("not").isEmpty()) {
                passes.add(test);
            } else {
                failures.add(
                        failure(test, details(index + 1, point.get("indent").length())));
            }
        }

        /// The lines below a point that are indented further.
        private List<String> details(int from, int indent) {
            List<String> details = new ArrayList<>();
            for (int i = from; i < lines.size() && details.size() < 200; i++) {
                String line = lines.get(i);
                boolean isDeeper =
                        line.isBlank() || line.length() - line.stripLeading().length() > indent;
                if (!isDeeper
                        || POINT.matcher(line).find()
                        || SUBTEST.matcher(line).find()) {
                    break;
                }
                details.add(line);
            }
            return details;
        }

        private static FailedTest failure(TestName test, List<String> details) {
            Optional<String> expected = value("expected", details);
            Optional<String> actual = value("actual", details);
            String message =
                    value("error", details).or(() -> value("message", details)).orElse("");
            return Failures.of(
                    test,
                    false,
                    message,
                    expected.flatMap(wanted -> actual.map(got -> new Expectation(wanted, got))),
                    asStack(details));
        }

        /// Node leaves the word `at` out of its stacks.
        private static List<String> asStack(List<String> details) {
            return details.stream()
                    .map(line -> line.matches("\\s+(?:[\\w.<> ]+ \\()?(?:file://)?/?\\S+\\.[cm]?[jt]sx?:\\d+:\\d+\\)?")
                            ? "at " + line.strip()
                            : line)
                    .toList();
        }

        /// A value of the YAML block, which may be a block of text itself.
        private static Optional<String> value(String key, List<String> details) {
            for (int i = 0; i < details.size(); i++) {
                Optional<Hit> hit = Hit.in(details.get(i), VALUE)
                        .filter(each -> each.get("key").equals(key));
                if (hit.isPresent()) {
                    String value = hit.get().get("value").strip();
                    return Optional.of(value.startsWith("|") ? block(details, i) : unquoted(value));
                }
            }
            return Optional.empty();
        }

        private static String block(List<String> details, int key) {
            int indent = indent(details.get(key));
            return String.join(
                            "\n",
                            details.subList(key + 1, details.size()).stream()
                                    .takeWhile(line -> line.isBlank() || indent(line) > indent)
                                    .map(String::strip)
                                    .toList())
                    .strip();
        }

        private static int indent(String line) {
            return line.length() - line.stripLeading().length();
        }

        private static String unquoted(String value) {
            boolean isQuoted = value.length() >= 2
                    && (value.startsWith("'") || value.startsWith("\""))
                    && value.charAt(0) == value.charAt(value.length() - 1);
            return isQuoted ? value.substring(1, value.length() - 1) : value;
        }
    }
}
