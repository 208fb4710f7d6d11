package dev.fettle.core.model;

import java.util.function.Consumer;

/// Speaks to one model API. Safe for use by several threads.
@FunctionalInterface
public interface ModelProvider {

    /// Sends a request and blocks until the answer is complete. An answer whose stream was cut is a failure,
    /// never a short answer.
    ///
    /// @param deltas receives pieces as they arrive, from the calling thread
    /// @throws InterruptedException when the calling thread is interrupted; the request in flight is abandoned
    /// @throws ModelException when there is no answer
    ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException;
}
