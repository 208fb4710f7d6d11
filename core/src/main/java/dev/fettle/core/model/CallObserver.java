package dev.fettle.core.model;

import dev.fettle.core.usage.Usage;
import java.time.Duration;

/// Hears how each model call ended: exactly one of these for each. Called from the thread of the call, so from
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

    /// Nobody wants it any more.
    void onInterruption(Model model, Duration took);
}
