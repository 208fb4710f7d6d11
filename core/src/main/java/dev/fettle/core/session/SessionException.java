package dev.fettle.core.session;

import java.util.Objects;

/// A session cannot be had or kept. The message says what to do.
public final class SessionException extends RuntimeException {
    public enum Kind {
        NOT_FOUND,
        /// A turn of this session is running elsewhere.
        BUSY,
        /// Another owner has taken the session over; this one must stop and touch nothing.
        LOST,
        /// The store is damaged or of a newer version, or the disk is full.
        STORAGE,
        /// The database cannot be reached at the moment; it may be restarting.
        AWAY
    }

    private final Kind kind;

    public SessionException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public SessionException(Kind kind, String message, Throwable cause) {
        super(message, cause);
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
