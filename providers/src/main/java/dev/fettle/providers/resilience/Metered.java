package dev.fettle.providers.resilience;

import dev.fettle.core.model.CallObserver;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import java.time.Duration;
import java.util.function.Consumer;

/// Tells an observer of every call how it ended and how long it took. Outermost it sees what the agent sees,
/// repetitions and changes of model included; around a single provider it sees every try.
public final class Metered implements ModelProvider {
    private final ModelProvider provider;
    private final CallObserver observer;
    private final SteadyTime time;

    public Metered(ModelProvider provider, CallObserver observer, SteadyTime time) {
        this.provider = provider;
        this.observer = observer;
        this.time = time;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        Duration begun = time.elapsed();
        try {
            ModelResponse answer = provider.complete(request, deltas);
            observer.onAnswer(answer.answeredBy().orElse(request.model()), answer.usage(), since(begun));
            return answer;
        } catch (ModelException e) {
            observer.onFailure(request.model(), e.kind(), since(begun));
            throw e;
        } catch (InterruptedException e) {
            observer.onInterruption(request.model(), since(begun));
            throw e;
        }
    }

    private Duration since(Duration begun) {
        return time.elapsed().minus(begun);
    }
}
