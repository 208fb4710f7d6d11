package dev.fettle.providers.openai;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Folds the chunks of a chat completion. The stream ends with `[DONE]`; servers that leave it out must at least
/// have told why the model stopped.
final class OpenAiAnswer implements Answer {
    private final Peer peer;
    private final Consumer<Delta> deltas;
    private final ReasoningFields reasoning = new ReasoningFields();
    private final StringBuilder text = new StringBuilder();
    private final CallPieces calls;
    private String finishReason = "";
    private boolean isRefused;
    private Usage usage = Usage.ZERO;

    OpenAiAnswer(Peer peer, Consumer<Delta> deltas) {
        this.peer = peer;
        this.deltas = deltas;
        this.calls = new CallPieces(name -> deltas.accept(new Delta.CallBegun(name)));
    }

    @Override
    public boolean accept(SseEvent event) {
        if (event.data().strip().equals("[DONE]")) {
            return true;
        }
        JsonNode chunk = Json.parse(event.data());
        if (chunk.hasNonNull("error")) {
            throw peer.complained(chunk);
        }
        JsonNode choice = chunk.path("choices").path(0);
        grow(choice.path("delta"));
        if (choice.path("finish_reason").isString()) {
            finishReason = choice.path("finish_reason").asString();
        }
        if (chunk.path("usage").isObject()) {
            usage = usage(chunk.path("usage"));
        }
        return false;
    }

    @Override
    public Optional<ModelResponse> response() {
        if (finishReason.isEmpty()) {
            return Optional.empty();
        }
        List<ContentBlock> content = new ArrayList<>();
        reasoning.block(OpenAiChat.dialect(peer.model())).ifPresent(content::add);
        if (!text.isEmpty()) {
            content.add(new ContentBlock.Text(text.toString()));
        }
        List<ToolCall> made = calls.whole();
        content.addAll(made);
        return Optional.of(new ModelResponse(new Message.Assistant(content), reason(!made.isEmpty()), usage));
    }

    private void grow(JsonNode delta) {
        String thought = reasoning.accept(delta);
        if (!thought.isEmpty()) {
            deltas.accept(new Delta.Reasoning(thought));
        }
        say(delta.path("content"));
        if (delta.path("refusal").isString()) {
            isRefused = true;
            say(delta.path("refusal"));
        }
        delta.path("tool_calls").forEach(calls::accept);
    }

    private void say(JsonNode piece) {
        if (piece.isString() && !piece.asString().isEmpty()) {
            text.append(piece.asString());
            deltas.accept(new Delta.Text(piece.asString()));
        }
    }

    private StopReason reason(boolean hasCalls) {
        if (isRefused) {
            return StopReason.REFUSAL;
        }
        return switch (finishReason) {
            case "length" -> StopReason.MAX_TOKENS;
            case "content_filter" -> StopReason.REFUSAL;
            case "insufficient_system_resource", "error" ->
                throw peer.overloaded("gave up in the middle of its answer (%s)".formatted(finishReason));
            default -> hasCalls ? StopReason.TOOL_CALLS : StopReason.END;
        };
    }

    /// `prompt_tokens` contain the cached ones, wherever those are told: OpenAI in the details, DeepSeek beside.
    private static Usage usage(JsonNode told) {
        JsonNode details = told.path("prompt_tokens_details");
        long read = details.path("cached_tokens")
                .asLong(told.path("prompt_cache_hit_tokens").asLong(0));
        long written = details.path("cache_write_tokens").asLong(0);
        return new Usage(
                Math.max(0, told.path("prompt_tokens").asLong(0) - read - written),
                read,
                written,
                told.path("completion_tokens").asLong(0),
                told.path("completion_tokens_details").path("reasoning_tokens").asLong(0));
    }
}
