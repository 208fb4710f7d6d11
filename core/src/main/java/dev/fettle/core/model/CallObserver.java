package dev.fettle.core.model;

import dev.fettle.core.usage.Usage;
import java.time.Duration;

/// Hears how each model call ended, and of looks into caches before it. Called from the thread of the call, so from
/// several; must neither block nor throw.
public interface CallObserver {

    /// There is an answer.
    ///
    /// @param model the one that gave it
    void onAnswer(Model model, Usage usage, Duration took);

    /// There is none.
    ///
    /// @param model the one that was asked first
    void onFailure(Model model, ModelException.Kind kind, Duration took);

    /// An answer was looked for among those given before, by a cache.
    void onLookup(boolean isKnown);

    /// Nobody wants it any more.
    void onInterruption(Model model, Duration took);
}
