package dev.fettle.providers.gemini;

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
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Folds the chunks of a candidate. The stream just ends; it is whole if the reason why it ended was told.
final class GeminiAnswer implements Answer {
    private final Peer peer;
    private final Parts parts;
    private String finishReason = "";
    private String blockReason = "";
    private Usage usage = Usage.ZERO;

    GeminiAnswer(Peer peer, Consumer<Delta> deltas, CallIds ids) {
        this.peer = peer;
        this.parts = new Parts(deltas, ids);
    }

    @Override
    public boolean accept(SseEvent event) {
        JsonNode chunk = Json.parse(event.data());
        if (chunk.hasNonNull("error")) {
            throw peer.complained(chunk);
        }
        JsonNode candidate = chunk.path("candidates").path(0);
        candidate.path("content").path("parts").forEach(parts::accept);
        finishReason = candidate.path("finishReason").asString(finishReason);
        blockReason = chunk.path("promptFeedback").path("blockReason").asString(blockReason);
        if (chunk.path("usageMetadata").isObject()) {
            usage = usage(chunk.path("usageMetadata"));
        }
        return false;
    }

    @Override
    public Optional<ModelResponse> response() {
        if (!blockReason.isEmpty()) {
            return Optional.of(declined(List.of(), "the prompt was blocked: " + blockReason));
        }
        if (finishReason.isEmpty()) {
            return Optional.empty();
        }
        List<ContentBlock> content = parts.whole();
        return Optional.of(
                switch (finishReason) {
                    case "STOP" -> {
                        Message.Assistant message = new Message.Assistant(content);
                        StopReason reason = message.calls().isEmpty() ? StopReason.END : StopReason.TOOL_CALLS;
                        yield new ModelResponse(message, reason, usage);
                    }
                    case "MAX_TOKENS" ->
                        new ModelResponse(new Message.Assistant(content), StopReason.MAX_TOKENS, usage);
                    case "SAFETY",
                            "RECITATION",
                            "LANGUAGE",
                            "BLOCKLIST",
                            "PROHIBITED_CONTENT",
                            "SPII",
                            "IMAGE_SAFETY" -> declined(content, "the answer was stopped: " + finishReason);
                    // A call that the server could not read, or a fault of its own: another attempt may go well.
                    default -> throw peer.garbled("gave up in the middle of its answer (%s)".formatted(finishReason));
                });
    }

    /// The API gives its reason in a word, not in the model's own.
    private ModelResponse declined(List<ContentBlock> content, String why) {
        List<ContentBlock> blocks = new ArrayList<>(content);
        blocks.add(new ContentBlock.Text("[%s]".formatted(why)));
        return new ModelResponse(new Message.Assistant(blocks), StopReason.REFUSAL, usage);
    }

    /// The prompt contains what was cached; the answer does not contain the thoughts, which cost the same.
    private static Usage usage(JsonNode told) {
        long read = told.path("cachedContentTokenCount").asLong(0);
        long thoughts = told.path("thoughtsTokenCount").asLong(0);
        return new Usage(
                Math.max(0, told.path("promptTokenCount").asLong(0) - read)
                        + told.path("toolUsePromptTokenCount").asLong(0),
                read,
                0,
                told.path("candidatesTokenCount").asLong(0) + thoughts,
                thoughts);
    }
}
