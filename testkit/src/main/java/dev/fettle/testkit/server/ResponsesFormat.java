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

/// The Responses API.
record ResponsesFormat() implements WireFormat {

    @Override
    public Optional<String> objection(Recorded request) {
        return new ResponsesRules(request.json()).objection();
    }

    @Override
    public Optional<String> lastToolCalled(JsonNode request) {
        String last = null;
        for (JsonNode item : request.path("input")) {
            if (item.path("type").asString("").equals("function_call")) {
                last = item.path("name").asString("");
            }
        }
        return Optional.ofNullable(last);
    }

    @Override
    public List<Event> events(ModelResponse response) {
        List<Event> events = new ArrayList<>();
        events.add(whole("response.created", "in_progress", JSON.createObjectNode()));
        int index = 0;
        for (ContentBlock block : response.message().content()) {
            addItem(events, index++, block, response.stopReason());
        }
        ObjectNode end = JSON.createObjectNode();
        end.set("usage", usage(response.usage()));
        if (response.stopReason() == StopReason.MAX_TOKENS) {
            end.putObject("incomplete_details").put("reason", "max_output_tokens");
            events.add(whole("response.incomplete", "incomplete", end));
        } else {
            events.add(whole("response.completed", "completed", end));
        }
        return events;
    }

    @Override
    public Event errorEvent(String type, String message) {
        ObjectNode failed = JSON.createObjectNode();
        String code = switch (type) {
            case "rate_limit_error" -> "rate_limit_exceeded";
            case "authentication_error" -> "invalid_api_key";
            case "invalid_request_error" -> "invalid_prompt";
            default -> "server_error";
        };
        failed.putObject("error").put("code", code).put("message", message);
        return whole("response.failed", "failed", failed);
    }

    private static void addItem(List<Event> events, int index, ContentBlock block, StopReason reason) {
        switch (block) {
            case ContentBlock.Text text -> addMessage(events, index, text.text(), reason);
            case ContentBlock.Reasoning reasoning -> {
                ObjectNode whole = (ObjectNode) JSON.readTree(reasoning.verbatim());
                ObjectNode begun = JSON.createObjectNode().put("type", "reasoning");
                begun.putArray("summary");
                events.add(item("response.output_item.added", index, begun));
                for (JsonNode part : whole.path("summary")) {
                    events.add(event("response.reasoning_summary_part.added", index));
                    grow(
                            events,
                            "response.reasoning_summary_text.delta",
                            index,
                            part.path("text").asString());
                }
                events.add(item("response.output_item.done", index, whole));
            }
            case ToolCall call -> {
                ObjectNode item = JSON.createObjectNode()
                        .put("type", "function_call")
                        .put("id", "fc_" + index)
                        .put("call_id", call.id())
                        .put("name", call.name())
                        .put("arguments", "");
                events.add(item("response.output_item.added", index, item.deepCopy()));
                grow(events, "response.function_call_arguments.delta", index, call.arguments());
                events.add(item("response.output_item.done", index, item.put("arguments", call.arguments())));
            }
        }
    }

    private static void addMessage(List<Event> events, int index, String text, StopReason reason) {
        String type = reason == StopReason.REFUSAL ? "refusal" : "output_text";
        ObjectNode item = JSON.createObjectNode()
                .put("type", "message")
                .put("id", "msg_" + index)
                .put("role", "assistant");
        item.putArray("content");
        events.add(item("response.output_item.added", index, item.deepCopy()));
        grow(events, "response." + type + ".delta", index, text);
        item.withArray("content")
                .addObject()
                .put("type", type)
                .put(reason == StopReason.REFUSAL ? "refusal" : "text", text);
        events.add(item("response.output_item.done", index, item));
    }

    private static Event whole(String type, String status, ObjectNode response) {
        ObjectNode event = JSON.createObjectNode().put("type", type);
        event.set("response", response.put("id", "resp_1").put("status", status));
        return new Event(type, event.toString());
    }

    private static Event item(String type, int index, ObjectNode item) {
        ObjectNode event = JSON.createObjectNode().put("type", type).put("output_index", index);
        event.set("item", item);
        return new Event(type, event.toString());
    }

    private static Event event(String type, int index) {
        return new Event(
                type,
                JSON.createObjectNode()
                        .put("type", type)
                        .put("output_index", index)
                        .toString());
    }

    private static void grow(List<Event> events, String type, int index, String text) {
        for (String piece : WireFormat.pieces(text)) {
            ObjectNode event = JSON.createObjectNode().put("type", type).put("output_index", index);
            events.add(new Event(type, event.put("delta", piece).toString()));
        }
    }

    private static ObjectNode usage(Usage usage) {
        ObjectNode told = JSON.createObjectNode()
                .put("input_tokens", usage.inputTokens() + usage.cacheReadTokens() + usage.cacheWriteTokens())
                .put("output_tokens", usage.outputTokens());
        told.putObject("input_tokens_details")
                .put("cached_tokens", usage.cacheReadTokens())
                .put("cache_write_tokens", usage.cacheWriteTokens());
        told.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        return told;
    }
}
