package dev.fettle.providers.http;

import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelResponse;
import java.util.Optional;
import java.util.function.Consumer;

/// An answer that says it has begun before it has anything to show: a model that thinks in silence is at work, and need
/// not be given up.
public final class Announced implements Answer {
    private final Answer answer;
    private final Consumer<Delta> deltas;
    private boolean hasBegun;

    public Announced(Answer answer, Consumer<Delta> deltas) {
        this.answer = answer;
        this.deltas = deltas;
    }

    @Override
    public boolean accept(SseEvent event) {
        boolean isWhole = answer.accept(event);
        if (!hasBegun) {
            hasBegun = true;
            deltas.accept(new Delta.Reasoning(""));
        }
        return isWhole;
    }

    @Override
    public Optional<ModelResponse> response() {
        return answer.response();
    }
}
