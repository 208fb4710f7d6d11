package dev.fettle.cli.render;

import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.usage.Usage;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The result of a run as one JSON object; documented in `docs/events.md`.
public final class ResultJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ResultJson() {}

    public static String write(TurnResult result) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("type", "result")
                .put("status", result.outcome().status().word())
                .put("session_id", result.session().value())
                .put("text", result.text())
                .put("message", result.outcome().message())
                .put("model", result.model())
                .put("steps", result.steps());
        json.set("usage", usage(result.usage()));
        result.report().ifPresent(report -> {
            json.put("workflow", report.workflow()).put("accepted", report.accepted());
            json.set("data", MAPPER.readTree(report.stages()));
        });
        return json.put("cost_usd", result.cost().toString())
                .put("duration_ms", result.duration().toMillis())
                .toString();
    }

    public static ObjectNode usage(Usage usage) {
        return MAPPER.createObjectNode()
                .put("input_tokens", usage.inputTokens())
                .put("cache_read_tokens", usage.cacheReadTokens())
                .put("cache_write_tokens", usage.cacheWriteTokens())
                .put("output_tokens", usage.outputTokens())
                .put("reasoning_tokens", usage.reasoningTokens());
    }
}
