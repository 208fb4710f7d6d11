package dev.fettle.cli.workflow;

import dev.fettle.cli.text.Printable;
import dev.fettle.core.tool.Report;
import dev.fettle.core.turn.TurnResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A report for people: the summary, what was written and how it was checked, what was found.
final class ReportText {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ReportText() {}

    /// The report of a turn; what the model said, if it made none.
    static String of(TurnResult result) {
        return Printable.of(result.report().map(ReportText::of).orElseGet(result::text));
    }

    static JsonNode stages(Report report) {
        return MAPPER.readTree(report.stages());
    }

    private static String of(Report report) {
        JsonNode stages = stages(report);
        StringBuilder text = new StringBuilder(report.summary().strip()).append('\n');
        for (JsonNode finding : stages.path("findings")) {
            text.append("%s:%d: %s: %s%n"
                    .formatted(
                            finding.path("file").asString(""),
                            finding.path("line").asInt(0),
                            finding.path("severity").asString(""),
                            finding.path("message").asString("")));
        }
        for (String stage : new String[] {"explanation", "cause", "fix", "bottleneck", "change", "measured"}) {
            if (stages.hasNonNull(stage)) {
                text.append(
                        "%n%s: %s%n".formatted(capital(stage), stages.get(stage).asString("")));
            }
        }
        stages.path("mistakes").forEach(each -> text.append("%nMistake: %s%n".formatted(each.asString(""))));
        JsonNode files = stages.path("code").path("files");
        if (!files.isEmpty()) {
            text.append("\nFiles:\n");
            files.forEach(each ->
                    text.append("  ").append(each.path("path").asString("")).append('\n'));
        }
        return text.append(validation(stages.path("validation"))).toString();
    }

    private static String validation(JsonNode validation) {
        if (validation.isMissingNode()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\nValidation: ")
                .append(validation.path("passed").asBoolean(false) ? "passed" : "not passed")
                .append('\n');
        for (JsonNode check : validation.path("commands")) {
            boolean passed = check.path("passed").asBoolean(false);
            text.append("  %s %s%n"
                    .formatted(passed ? "ok  " : "FAIL", check.path("command").asString("")));
            if (!passed) {
                check.path("output")
                        .asString("")
                        .lines()
                        .forEach(line -> text.append("       ").append(line).append('\n'));
            }
        }
        String note = validation.path("note").asString("");
        return text.append(note.isEmpty() ? "" : "  " + note + "\n").toString();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
