package dev.fettle.code.debug;

import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.Frame;
import dev.fettle.code.report.TestReport;
import dev.fettle.code.runner.TestRun;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Findings for programs; documented in `docs/debug.md`.
public final class FindingsJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private FindingsJson() {}

    public static String of(Findings findings) {
        ObjectNode json = JSON.createObjectNode().put("verdict", word(findings.verdict()));
        findings.run().ifPresent(run -> json.set("run", run(run)));
        findings.reading().tests().ifPresent(tests -> json.set("tests", tests(tests)));
        json.set(
                "diagnostics",
                array(
                        findings.reading().diagnostics(),
                        each -> JSON.createObjectNode()
                                .put("path", each.path())
                                .put("line", each.line())
                                .put("column", each.column())
                                .put("severity", each.severity().word())
                                .put("message", each.message())
                                .put("code", each.code())));
        json.set("traces", array(findings.reading().traces(), each -> {
            ObjectNode trace = JSON.createObjectNode().put("error", each.error());
            trace.set("frames", array(each.frames(), FindingsJson::frame));
            return trace;
        }));
        json.set("suspects", array(findings.suspects(), each -> {
            ObjectNode suspect = JSON.createObjectNode()
                    .put("path", each.path())
                    .put("line", each.line())
                    .put("score", Math.round(each.score() * 1000) / 1000.0);
            suspect.set("reasons", array(each.reasons(), JSON.getNodeFactory()::stringNode));
            return suspect;
        }));
        json.set("notes", array(findings.notes(), JSON.getNodeFactory()::stringNode));
        return json.toString();
    }

    private static <T> ArrayNode array(Collection<T> values, Function<T, JsonNode> form) {
        ArrayNode array = JSON.createArrayNode();
        values.forEach(each -> array.add(form.apply(each)));
        return array;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode run(TestRun run) {
        ObjectNode json = JSON.createObjectNode()
                .put("command", run.command())
                .put("standing", word(run.standing()))
                .put("duration_ms", run.duration().toMillis());
        json.set("remarks", array(run.remarks(), JSON.getNodeFactory()::stringNode));
        return json;
    }

    private static ObjectNode tests(TestReport tests) {
        ObjectNode json = JSON.createObjectNode()
                .put("passed", tests.passed())
                .put("failed", tests.failed())
                .put("errored", tests.errored())
                .put("skipped", tests.skipped())
                .put("duration_ms", tests.duration().toMillis());
        json.set("failures", array(tests.failures(), FindingsJson::failure));
        return json;
    }

    private static ObjectNode failure(FailedTest failed) {
        ObjectNode json = JSON.createObjectNode()
                .put("suite", failed.test().suite())
                .put("name", failed.test().name())
                .put("error", failed.isError())
                .put("message", failed.message());
        failed.expectation()
                .ifPresent(wanted -> json.put("expected", wanted.expected()).put("actual", wanted.actual()));
        json.set("frames", array(failed.frames(), FindingsJson::frame));
        return json;
    }

    private static ObjectNode frame(Frame frame) {
        ObjectNode json = JSON.createObjectNode()
                .put("file", frame.file())
                .put("line", frame.line())
                .put("symbol", frame.symbol());
        frame.path().ifPresent(path -> json.put("path", path));
        return json;
    }

    /// A verification; `passed` is false also if nothing could be run.
    public static String of(Verification verification) {
        ObjectNode json = JSON.createObjectNode().put("passed", verification.hasPassed());
        json.set("again", array(verification.again(), FindingsJson::run));
        json.set("all", array(verification.all(), FindingsJson::run));
        return json.toString();
    }
}
