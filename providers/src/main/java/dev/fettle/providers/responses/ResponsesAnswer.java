package dev.fettle.providers.responses;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import dev.fettle.providers.http.Answer;
import dev.fettle.providers.http.Peer;
import dev.fettle.providers.http.SseEvent;
import dev.fettle.providers.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Folds the events of a response: its items are added, grow and are done, and at last it is completed itself.
final class ResponsesAnswer implements Answer {
    private final Peer peer;
    private final Consumer<Delta> deltas;
    private final TreeMap<Integer, OutputItem> items = new TreeMap<>();
    private Optional<JsonNode> ended = Optional.empty();

    ResponsesAnswer(Peer peer, Consumer<Delta> deltas) {
        this.peer = peer;
        this.deltas = deltas;
    }

    @Override
    public boolean accept(SseEvent event) {
        JsonNode data = Json.parse(event.data());
        int index = data.path("output_index").asInt(0);
        switch (data.path("type").asString(event.name())) {
            case "response.output_item.added" -> begin(index, data.path("item"));
            case "response.output_text.delta", "response.refusal.delta" ->
                deltas.accept(new Delta.Text(item(index).grown(data.path("delta"))));
            case "response.function_call_arguments.delta" -> item(index).grown(data.path("delta"));
            case "response.reasoning_summary_part.added" -> separate(index);
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                deltas.accept(new Delta.Reasoning(item(index).grown(data.path("delta"))));
            case "response.output_item.done" -> {
                if (!items.containsKey(index)) {
                    begin(index, data.path("item"));
                }
                item(index).done(data.path("item"));
            }
            case "response.completed", "response.incomplete" -> ended = Optional.of(data.path("response"));
            case "response.failed" -> throw peer.complained(data.path("response"));
            case "error" -> throw peer.complained(data);
            default -> {
                // `response.created`, parts and their ends, which items repeat, and events of later versions.
            }
        }
        return ended.isPresent();
    }

    @Override
    public Optional<ModelResponse> response() {
        return ended.map(response -> {
            List<ContentBlock> content = new ArrayList<>();
            items.values().forEach(item -> item.block().ifPresent(content::add));
            Message.Assistant message = new Message.Assistant(content);
            return new ModelResponse(message, reason(response, message), usage(response.path("usage")));
        });
    }

    private void begin(int index, JsonNode item) {
        items.put(index, new OutputItem(item));
        if (item.path("type").asString("").equals("function_call")) {
            deltas.accept(new Delta.CallBegun(item.path("name").asString("")));
        }
    }

    private OutputItem item(int index) {
        OutputItem item = items.get(index);
        if (item == null) {
            throw peer.garbled("sent a piece of item %d, which it had not begun".formatted(index));
        }
        return item;
    }

    private void separate(int index) {
        String separator = item(index).separated();
        if (!separator.isEmpty()) {
            deltas.accept(new Delta.Reasoning(separator));
        }
    }

    private StopReason reason(JsonNode response, Message.Assistant message) {
        if (items.values().stream().anyMatch(OutputItem::isRefusal)) {
            return StopReason.REFUSAL;
        }
        if (response.path("status").asString("").equals("incomplete")) {
            return response.path("incomplete_details")
                            .path("reason")
                            .asString("")
                            .equals("content_filter")
                    ? StopReason.REFUSAL
                    : StopReason.MAX_TOKENS;
        }
        return message.calls().isEmpty() ? StopReason.END : StopReason.TOOL_CALLS;
    }

    /// `input_tokens` contain the cached ones.
    private static Usage usage(JsonNode told) {
        JsonNode details = told.path("input_tokens_details");
        long read = details.path("cached_tokens").asLong(0);
        long written = details.path("cache_write_tokens").asLong(0);
        return new Usage(
                Math.max(0, told.path("input_tokens").asLong(0) - read - written),
                read,
                written,
                told.path("output_tokens").asLong(0),
                told.path("output_tokens_details").path("reasoning_tokens").asLong(0));
    }
}
