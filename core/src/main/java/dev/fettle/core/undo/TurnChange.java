package dev.fettle.core.undo;

import java.time.Instant;
import java.util.Optional;

/// A turn of a session, and what it has done to the working tree.
///
/// @param number from 1
/// @param position of the event that began it
/// @param said what the user asked for
/// @param before the tree's snapshot from before it, if it was kept
/// @param after the one from when it had ended, if it was kept
/// @param trouble why one of them is missing; may be empty
public record TurnChange(
        int number,
        long position,
        Instant at,
        String said,
        State state,
        Optional<String> before,
        Optional<String> after,
        String trouble) {

    public enum State {
        /// Nothing was called that may change something, or it came to nothing.
        UNCHANGED,
        /// It has changed something, and that is there.
        CHANGED,
        /// What it changed has been taken back.
        UNDONE,
        /// It has begun to change something, and nobody has kept what came of that: its process died, say.
        BROKEN_OFF,
        /// What was there before it could not be kept.
        NOT_KEPT
    }

    /// Whether there is something to take back.
    boolean isDone() {
        return state == State.CHANGED || state == State.BROKEN_OFF;
    }

    TurnChange as(State other) {
        return new TurnChange(number, position, at, said, other, before, after, trouble);
    }
}
