package dev.fettle.code.report.read;

import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.TestName;
import dev.fettle.code.report.TestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Jest writes with `--json`, and Vitest with its reporter `json`.
final class JestJson implements OutputReader.Format {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Optional<TestReport> read(String text) {
        int begin = text.indexOf("{\"");
        if (begin < 0 || !text.contains("\"testResults\"")) {
            return Optional.empty();
        }
        try {
            return Optional.of(report(JSON.readTree(text.substring(begin).strip())));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static TestReport report(JsonNode run) {
        List<FailedTest> failures = new ArrayList<>();
        List<TestName> passes = new ArrayList<>();
        int errored = 0;
        int skipped = 0;
        Duration duration = Duration.ZERO;
        for (JsonNode file : run.path("testResults")) {
            String suite = file.path("name").asString("");
            JsonNode assertions = file.path("assertionResults");
            duration = duration.plus(Duration.ofMillis(Math.max(
                    0, file.path("endTime").asLong(0) - file.path("startTime").asLong(0))));
            for (JsonNode each : assertions) {
                TestName test = new TestName(suite, name(each));
                switch (each.path("status").asString("")) {
                    case "passed" -> passes.add(test);
                    case "failed" -> failures.add(Failures.of(test, false, "", Lines.of(messages(each))));
                    default -> skipped++;
                }
            }
            if (assertions.isEmpty() && file.path("status").asString("").equals("failed")) {
                errored++;
                failures.add(Failures.of(
                        new TestName(suite, "(file)"),
                        true,
                        "",
                        Lines.of(file.path("message").asString(""))));
            }
        }
        return new TestReport(passes.size(), failures.size() - errored, errored, skipped, duration, failures, passes);
    }

    private static String name(JsonNode test) {
        String full = test.path("fullName").asString("").strip();
        return full.isEmpty() ? test.path("title").asString("") : full;
    }

    private static String messages(JsonNode test) {
        return test.path("failureMessages")
                .valueStream()
                .map(each -> each.asString(""))
                .collect(Collectors.joining("\n"));
    }
}
