package dev.fettle.providers.resilience;

import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Lets so many calls through at a time; the others wait their turn, first come first served. One for each
/// provider in a process.
public final class Limited implements ModelProvider {
    private final ModelProvider provider;
    private final Semaphore places;

    public Limited(ModelProvider provider, int atOnce) {
        this.provider = provider;
        this.places = new Semaphore(atOnce, true);
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        places.acquire();
        try {
            return provider.complete(request, deltas);
        } finally {
            places.release();
        }
    }
}
