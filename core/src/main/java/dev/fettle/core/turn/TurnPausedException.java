package dev.fettle.core.turn;

import dev.fettle.core.session.Event;
import java.util.Optional;

/// A turn has stopped without having ended. Its log has everything that is needed to go on, in whatever process.
public final class TurnPausedException extends RuntimeException {
    private final transient Optional<Event.ApprovalAsked> question;

    private TurnPausedException(String message, Optional<Event.ApprovalAsked> question) {
        super(message, null, false, false);
        this.question = question;
    }

    public static TurnPausedException handedOver() {
        return new TurnPausedException("The turn is handed over", Optional.empty());
    }

    public static TurnPausedException awaiting(Event.ApprovalAsked question) {
        return new TurnPausedException("The turn waits for an approval", Optional.of(question));
    }

    /// What has to be answered first; empty if the turn can go on at once.
    public Optional<Event.ApprovalAsked> question() {
        return question;
    }
}
