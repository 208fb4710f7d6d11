package dev.fettle.core.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// A model gave no answer. The message names the provider, what it said, and the remedy where there is one;
/// it never contains a key.
public final class ModelException extends RuntimeException {
    public enum Kind {
        /// The key is missing, wrong or not entitled (401, 403).
        AUTH,
        RATE_LIMITED,
        /// The provider is there and cannot serve now (500, 502, 503, 529).
        OVERLOADED,
        CONTEXT_TOO_LONG,
        /// The provider understood the request and will not have it (400, 404, 422).
        INVALID_REQUEST,
        /// No connection, a time-out, or a stream that was cut or made no sense.
        NETWORK
    }

    private final Kind kind;
    private final Optional<Duration> retryAfter;

    public ModelException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.retryAfter = Optional.empty();
    }

    public ModelException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = Optional.empty();
    }

    public ModelException(Kind kind, String message, Optional<Duration> retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    private ModelException(ModelException cause, String message) {
        super(message, cause);
        this.kind = cause.kind;
        this.retryAfter = cause.retryAfter;
    }

    /// The same failure, with more to say about it.
    public ModelException saying(String message) {
        return new ModelException(this, message);
    }

    public Kind kind() {
        return kind;
    }

    /// How long the provider asked to be left alone.
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /// Whether the same request may succeed later, or with another model.
    public boolean isRetryable() {
        return switch (kind) {
            case RATE_LIMITED, OVERLOADED, NETWORK -> true;
            case AUTH, CONTEXT_TOO_LONG, INVALID_REQUEST -> false;
        };
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
