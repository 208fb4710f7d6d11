package dev.fettle.testkit.server;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The Messages API.
record AnthropicFormat() implements WireFormat {

    @Override
    public Optional<String> objection(Recorded request) {
        return new AnthropicRules(request.json()).objection();
    }

    @Override
    public Optional<String> lastToolCalled(JsonNode request) {
        String last = null;
        for (JsonNode message : request.path("messages")) {
            for (JsonNode block : message.path("content")) {
                if (block.path("type").asString("").equals("tool_use")) {
                    last = block.path("name").asString("");
                }
            }
        }
        return Optional.ofNullable(last);
    }

    @Override
    public List<Event> events(ModelResponse response) {
        List<Event> events = new ArrayList<>();
        Usage usage = response.usage();
        ObjectNode message = JSON.createObjectNode()
                .put("id", "msg_1")
                .put("type", "message")
                .put("role", "assistant");
        message.putArray("content");
        message.putObject("usage")
                .put("input_tokens", usage.inputTokens())
                .put("cache_read_input_tokens", usage.cacheReadTokens())
                .put("cache_creation_input_tokens", usage.cacheWriteTokens())
                .put("output_tokens", 1);
        ObjectNode start = JSON.createObjectNode().put("type", "message_start");
        start.set("message", message);
        events.add(event(start));
        events.add(event(JSON.createObjectNode().put("type", "ping")));
        int index = 0;
        for (ContentBlock block : response.message().content()) {
            addBlock(events, index++, block);
        }
        ObjectNode end = JSON.createObjectNode().put("type", "message_delta");
        end.putObject("delta").put("stop_reason", stopReason(response.stopReason()));
        end.putObject("usage")
                .put("output_tokens", usage.outputTokens())
                .putObject("output_tokens_details")
                .put("thinking_tokens", usage.reasoningTokens());
        events.add(event(end));
        events.add(event(JSON.createObjectNode().put("type", "message_stop")));
        return events;
    }

    @Override
    public Event errorEvent(String type, String message) {
        return new Event("error", errorBody(500, type, "", message));
    }

    private static void addBlock(List<Event> events, int index, ContentBlock block) {
        switch (block) {
            case ContentBlock.Text text -> {
                events.add(
                        begin(index, JSON.createObjectNode().put("type", "text").put("text", "")));
                grow(events, index, "text_delta", "text", text.text());
            }
            case ContentBlock.Reasoning reasoning -> {
                ObjectNode whole = (ObjectNode) JSON.readTree(reasoning.verbatim());
                if (whole.path("type").asString("").equals("thinking")) {
                    events.add(begin(
                            index,
                            JSON.createObjectNode()
                                    .put("type", "thinking")
                                    .put("thinking", "")
                                    .put("signature", "")));
                    grow(
                            events,
                            index,
                            "thinking_delta",
                            "thinking",
                            whole.path("thinking").asString());
                    grow(
                            events,
                            index,
                            "signature_delta",
                            "signature",
                            whole.path("signature").asString());
                } else {
                    events.add(begin(index, whole));
                }
            }
            case ToolCall call -> {
                ObjectNode begun = JSON.createObjectNode()
                        .put("type", "tool_use")
                        .put("id", call.id())
                        .put("name", call.name());
                begun.putObject("input");
                events.add(begin(index, begun));
                grow(events, index, "input_json_delta", "partial_json", call.arguments());
            }
        }
        events.add(
                event(JSON.createObjectNode().put("type", "content_block_stop").put("index", index)));
    }

    private static Event begin(int index, ObjectNode block) {
        ObjectNode begun =
                JSON.createObjectNode().put("type", "content_block_start").put("index", index);
        begun.set("content_block", block);
        return event(begun);
    }

    private static void grow(List<Event> events, int index, String type, String field, String text) {
        for (String piece : WireFormat.pieces(text)) {
            ObjectNode grown =
                    JSON.createObjectNode().put("type", "content_block_delta").put("index", index);
            grown.putObject("delta").put("type", type).put(field, piece);
            events.add(event(grown));
        }
    }

    private static Event event(ObjectNode data) {
        return new Event(data.path("type").asString(), data.toString());
    }

    private static String stopReason(StopReason reason) {
        return switch (reason) {
            case END -> "end_turn";
            case TOOL_CALLS -> "tool_use";
            case MAX_TOKENS -> "max_tokens";
            case REFUSAL -> "refusal";
        };
    }
}
