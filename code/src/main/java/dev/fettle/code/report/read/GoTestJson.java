package dev.fettle.code.report.read;

import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.TestName;
import dev.fettle.code.report.TestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The events of `go test -json` (<https://pkg.go.dev/cmd/test2json>), one a line. A test that only holds subtests is
/// not counted.
final class GoTestJson implements OutputReader.Format {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_OUTPUT_LINES = 200;

    @Override
    public Optional<TestReport> read(String text) {
        if (!text.contains("\"Action\":")) {
            return Optional.empty();
        }
        Events events = new Events();
        Lines.of(text).stream().filter(line -> line.startsWith("{\"")).forEach(events::accept);
        return events.isEmpty() ? Optional.empty() : Optional.of(events.report());
    }

    private static final class Events {
        private final Map<TestName, List<String>> output = new HashMap<>();
        private final Set<TestName> parents = new HashSet<>();
        private final List<TestName> failed = new ArrayList<>();
        private final List<TestName> passes = new ArrayList<>();
        private final List<TestName> skipped = new ArrayList<>();
        /// Packages that could not be built or panicked outside of a test.
        private final List<TestName> broken = new ArrayList<>();
        private Duration duration = Duration.ZERO;

        void accept(String line) {
            JsonNode event;
            try {
                event = JSON.readTree(line);
            } catch (JacksonException e) {
                // A line that was cut, or the program's own.
                return;
            }
            TestName test = new TestName(
                    event.path("Package").asString(""), event.path("Test").asString(""));
            switch (event.path("Action").asString("")) {
                case "run" -> parents.add(new TestName(test.suite(), parent(test.name())));
                case "output" -> {
                    List<String> lines = output.computeIfAbsent(test, _ -> new ArrayList<>());
                    if (lines.size() < MOST_OUTPUT_LINES) {
                        lines.add(event.path("Output").asString("").stripTrailing());
                    }
                }
                case "pass" -> end(test, event, passes);
                case "skip" -> end(test, event, skipped);
                case "fail" -> {
                    end(test, event, failed);
                    if (test.name().isEmpty() && failed.stream().noneMatch(each -> isIn(each, test))) {
                        broken.add(test);
                    }
                }
                default -> {
                    // The beginning of a package, pauses, benchmarks.
                }
            }
        }

        private static String parent(String test) {
            return test.contains("/") ? test.substring(0, test.lastIndexOf('/')) : "";
        }

        private void end(TestName test, JsonNode event, List<TestName> ended) {
            if (test.name().isEmpty()) {
                duration = duration.plus(Hit.seconds(event.path("Elapsed").asString("")));
            } else {
                ended.add(test);
            }
        }

        private static boolean isIn(TestName test, TestName suite) {
            return test.suite().equals(suite.suite());
        }

        boolean isEmpty() {
            return failed.isEmpty() && passes.isEmpty() && skipped.isEmpty() && broken.isEmpty();
        }

        TestReport report() {
            failed.removeIf(parents::contains);
            passes.removeIf(parents::contains);
            List<FailedTest> failures = new ArrayList<>();
            failed.forEach(test -> failures.add(failure(test, false)));
            broken.forEach(test -> failures.add(failure(test, true)));
            return new TestReport(
                    passes.size(), failed.size(), broken.size(), skipped.size(), duration, failures, passes);
        }

        private FailedTest failure(TestName test, boolean isError) {
            List<String> said = output.getOrDefault(test, List.of()).stream()
                    .filter(line -> !line.startsWith("=== ") && !line.strip().startsWith("--- FAIL"))
                    .toList();
            return Failures.of(test, isError, "", said);
        }
    }
}
