package dev.fettle.providers.anthropic;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import dev.fettle.providers.http.Answer;
import dev.fettle.providers.http.Peer;
import dev.fettle.providers.http.SseEvent;
import dev.fettle.providers.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Folds the events of a message: it starts, its blocks start, grow and stop, and at last it stops itself.
final class AnthropicAnswer implements Answer {
    private final Peer peer;
    private final Consumer<Delta> deltas;
    private final TreeMap<Integer, Block> blocks = new TreeMap<>();
    private String stopReason = "";
    private Usage usage = Usage.ZERO;
    private boolean isWhole;

    /// A block under way.
    ///
    /// @param begun as it was announced; `text` and `signature` grow
    private record Block(JsonNode begun, StringBuilder text, StringBuilder signature) {}

    AnthropicAnswer(Peer peer, Consumer<Delta> deltas) {
        this.peer = peer;
        this.deltas = deltas;
    }

    @Override
    public boolean accept(SseEvent event) {
        JsonNode data = Json.parse(event.data());
        switch (data.path("type").asString(event.name())) {
            case "message_start" -> count(data.path("message").path("usage"));
            case "content_block_start" -> begin(data.path("index").asInt(0), data.path("content_block"));
            case "content_block_delta" -> grow(data.path("index").asInt(0), data.path("delta"));
            case "message_delta" -> {
                stopReason = data.path("delta").path("stop_reason").asString(stopReason);
                count(data.path("usage"));
            }
            case "message_stop" -> isWhole = true;
            case "error" -> throw peer.complained(data);
            default -> {
                // `ping`, `content_block_stop` and events of later versions, which clients are to skip.
            }
        }
        return isWhole;
    }

    @Override
    public Optional<ModelResponse> response() {
        if (!isWhole) {
            return Optional.empty();
        }
        List<ContentBlock> content = blocks.values().stream()
                .flatMap(block -> finished(block).stream())
                .toList();
        return Optional.of(new ModelResponse(new Message.Assistant(content), reason(), usage));
    }

    private void begin(int index, JsonNode begun) {
        Block block = new Block(begun, new StringBuilder(), new StringBuilder());
        blocks.put(index, block);
        switch (begun.path("type").asString("")) {
            case "text" -> text(block, begun.path("text").asString(""));
            case "thinking" -> {
                thinking(block, begun.path("thinking").asString(""));
                block.signature().append(begun.path("signature").asString(""));
            }
            case "tool_use" ->
                deltas.accept(new Delta.CallBegun(begun.path("name").asString("")));
            default -> {
                // Nothing to show.
            }
        }
    }

    private void grow(int index, JsonNode delta) {
        Block block = blocks.get(index);
        if (block == null) {
            throw peer.garbled("sent a piece of block %d, which it had not begun".formatted(index));
        }
        switch (delta.path("type").asString("")) {
            case "text_delta" -> text(block, delta.path("text").asString(""));
            case "thinking_delta" -> thinking(block, delta.path("thinking").asString(""));
            case "signature_delta" ->
                block.signature().append(delta.path("signature").asString(""));
            case "input_json_delta" ->
                block.text().append(delta.path("partial_json").asString(""));
            default -> {
                // Citations and other additions that core does not carry.
            }
        }
    }

    private void text(Block block, String piece) {
        if (!piece.isEmpty()) {
            block.text().append(piece);
            deltas.accept(new Delta.Text(piece));
        }
    }

    private void thinking(Block block, String piece) {
        if (!piece.isEmpty()) {
            block.text().append(piece);
            deltas.accept(new Delta.Reasoning(piece));
        }
    }

    private static Optional<ContentBlock> finished(Block block) {
        JsonNode begun = block.begun();
        String text = block.text().toString();
        return switch (begun.path("type").asString("")) {
            case "text" -> text.isEmpty() ? Optional.empty() : Optional.of(new ContentBlock.Text(text));
            case "thinking" ->
                Optional.of(new ContentBlock.Reasoning(
                        text,
                        AnthropicMessages.DIALECT,
                        signed(text, block.signature().toString())));
            case "redacted_thinking" ->
                Optional.of(new ContentBlock.Reasoning("", AnthropicMessages.DIALECT, begun.toString()));
            case "tool_use" ->
                Optional.of(new ToolCall(
                        begun.path("id").asString(""),
                        begun.path("name").asString(""),
                        text.isEmpty() ? announcedInput(begun) : text));
            default -> Optional.empty();
        };
    }

    /// Thinking that was cut off before its signature cannot be sent back, so nothing is kept of it but the
    /// text.
    private static String signed(String thinking, String signature) {
        return signature.isEmpty()
                ? ""
                : "{\"type\":\"thinking\",\"thinking\":%s,\"signature\":%s}"
                        .formatted(Json.quoted(thinking), Json.quoted(signature));
    }

    private static String announcedInput(JsonNode begun) {
        JsonNode input = begun.path("input");
        return input.isObject() ? input.toString() : "{}";
    }

    /// Counts are cumulative; a later event repeats only those that changed.
    private void count(JsonNode told) {
        usage = new Usage(
                told.path("input_tokens").asLong(usage.inputTokens()),
                told.path("cache_read_input_tokens").asLong(usage.cacheReadTokens()),
                told.path("cache_creation_input_tokens").asLong(usage.cacheWriteTokens()),
                told.path("output_tokens").asLong(usage.outputTokens()),
                told.path("output_tokens_details").path("thinking_tokens").asLong(usage.reasoningTokens()));
    }

    private StopReason reason() {
        return switch (stopReason) {
            case "tool_use" -> StopReason.TOOL_CALLS;
            case "max_tokens", "model_context_window_exceeded" -> StopReason.MAX_TOKENS;
            case "refusal" -> StopReason.REFUSAL;
            default -> StopReason.END;
        };
    }
}
