package dev.fettle.providers.http;

import dev.fettle.core.model.ModelResponse;
import java.util.Optional;

/// An answer while it arrives: a dialect's fold over the events of its stream. Used by one thread.
public interface Answer {

    /// Takes the next event.
    ///
    /// @return whether the answer is whole, so that nothing more need be read
    /// @throws dev.fettle.core.model.ModelException if the provider reports a failure inside the stream
    /// @throws tools.jackson.core.JacksonException if the event is not JSON
    boolean accept(SseEvent event);

    /// What has arrived, if the stream may properly end here.
    Optional<ModelResponse> response();
}
