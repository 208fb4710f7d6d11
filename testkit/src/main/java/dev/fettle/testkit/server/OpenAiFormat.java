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

/// Chat Completions. Parallel calls arrive interleaved.
record OpenAiFormat() implements WireFormat {

    @Override
    public Optional<String> objection(Recorded request) {
        return new OpenAiRules(request.json()).objection();
    }

    @Override
    public Optional<String> lastToolCalled(JsonNode request) {
        String last = null;
        for (JsonNode message : request.path("messages")) {
            for (JsonNode call : message.path("tool_calls")) {
                last = call.path("function").path("name").asString("");
            }
        }
        return Optional.ofNullable(last);
    }

    @Override
    public List<Event> events(ModelResponse response) {
        List<Event> events = new ArrayList<>();
        events.add(delta(JSON.createObjectNode().put("role", "assistant").put("content", "")));
        List<ToolCall> calls = response.message().calls();
        for (ContentBlock block : response.message().content()) {
            switch (block) {
                case ContentBlock.Text text ->
                    WireFormat.pieces(text.text())
                            .forEach(piece ->
                                    events.add(delta(JSON.createObjectNode().put("content", piece))));
                case ContentBlock.Reasoning reasoning -> addReasoning(events, reasoning);
                case ToolCall _ -> {
                    // They follow, all together.
                }
            }
        }
        addCalls(events, calls);
        ObjectNode last = chunk();
        last.withArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", finishReason(response.stopReason()))
                .putObject("delta");
        events.add(new Event("", last.toString()));
        events.add(new Event("", usage(response.usage()).toString()));
        events.add(new Event("", "[DONE]"));
        return events;
    }

    @Override
    public Event errorEvent(String type, String message) {
        return new Event("", errorBody(500, type, "", message));
    }

    /// The fields of the block, each string in pieces, each list entry in a chunk of its own.
    private static void addReasoning(List<Event> events, ContentBlock.Reasoning reasoning) {
        for (var field : JSON.readTree(reasoning.verbatim()).properties()) {
            if (field.getValue().isString()) {
                WireFormat.pieces(field.getValue().asString())
                        .forEach(piece ->
                                events.add(delta(JSON.createObjectNode().put(field.getKey(), piece))));
            } else {
                field.getValue().forEach(entry -> {
                    ObjectNode delta = JSON.createObjectNode();
                    delta.putArray(field.getKey()).add(entry);
                    events.add(delta(delta));
                });
            }
        }
    }

    private static void addCalls(List<Event> events, List<ToolCall> calls) {
        List<List<String>> pieces = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            ObjectNode begun = JSON.createObjectNode()
                    .put("index", i)
                    .put("id", calls.get(i).id())
                    .put("type", "function");
            begun.putObject("function").put("name", calls.get(i).name()).put("arguments", "");
            events.add(calls(begun));
            pieces.add(WireFormat.pieces(calls.get(i).arguments()));
        }
        int longest = pieces.stream().mapToInt(List::size).max().orElse(0);
        for (int piece = 0; piece < longest; piece++) {
            for (int i = 0; i < calls.size(); i++) {
                if (piece < pieces.get(i).size()) {
                    ObjectNode grown = JSON.createObjectNode().put("index", i);
                    grown.putObject("function").put("arguments", pieces.get(i).get(piece));
                    events.add(calls(grown));
                }
            }
        }
    }

    private static Event calls(ObjectNode call) {
        ObjectNode delta = JSON.createObjectNode();
        delta.putArray("tool_calls").add(call);
        return delta(delta);
    }

    private static Event delta(ObjectNode delta) {
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.withArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("finish_reason");
        return new Event("", chunk.toString());
    }

    private static ObjectNode chunk() {
        ObjectNode chunk = JSON.createObjectNode().put("id", "chatcmpl-1").put("object", "chat.completion.chunk");
        chunk.putArray("choices");
        return chunk.putNull("usage");
    }

    private static ObjectNode usage(Usage usage) {
        ObjectNode chunk = chunk();
        ObjectNode told = chunk.putObject("usage")
                .put("prompt_tokens", usage.inputTokens() + usage.cacheReadTokens() + usage.cacheWriteTokens())
                .put("completion_tokens", usage.outputTokens());
        told.putObject("prompt_tokens_details")
                .put("cached_tokens", usage.cacheReadTokens())
                .put("cache_write_tokens", usage.cacheWriteTokens());
        told.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        return chunk;
    }

    private static String finishReason(StopReason reason) {
        return switch (reason) {
            case END -> "stop";
            case TOOL_CALLS -> "tool_calls";
            case MAX_TOKENS -> "length";
            case REFUSAL -> "content_filter";
        };
    }
}
