package dev.fettle.core.turn;

import dev.fettle.core.model.Delta;
import dev.fettle.core.session.LogEntry;

/// Watches a turn. Called from the turn's thread, deltas of tools also from theirs; must not block for long.
public interface TurnListener {

    /// A fact has been appended to the log.
    void onEvent(LogEntry entry);

    /// Something is under way.
    void onDelta(Delta delta);

    TurnListener NONE = new TurnListener() {
        @Override
        public void onEvent(LogEntry entry) {}

        @Override
        public void onDelta(Delta delta) {}
    };
}
