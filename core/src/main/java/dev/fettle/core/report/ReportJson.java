package dev.fettle.core.report;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A report as it is kept and printed: one JSON object. What later versions add is ignored when it is read.
public final class ReportJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(Visibility.NONE))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ReportJson() {}

    public static ObjectNode tree(DailyReport report) {
        ObjectNode json = MAPPER.valueToTree(report);
        return json.put("error_rate", report.errorRate());
    }

    public static String write(DailyReport report) {
        return tree(report).toString();
    }

    /// The report's line as chat rooms take it: `{"text": "…"}`.
    public static String message(DailyReport report) {
        return MAPPER.createObjectNode().put("text", "Fettle, " + report.line()).toString();
    }

    /// The report a JSON object stands for.
    ///
    /// @throws tools.jackson.core.JacksonException if it is none
    public static DailyReport read(String json) {
        return MAPPER.readValue(json, DailyReport.class);
    }
}
