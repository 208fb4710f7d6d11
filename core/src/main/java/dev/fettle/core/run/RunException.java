package dev.fettle.core.run;

import java.util.Objects;

/// A run cannot be had or changed. The message says what to do.
public final class RunException extends RuntimeException {
    public enum Kind {
        NOT_FOUND,
        /// Too many wait already: try again later.
        QUEUE_FULL,
        /// It is not in a state for that.
        CONFLICT
    }

    private final Kind kind;

    public RunException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
