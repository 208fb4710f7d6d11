package dev.fettle.core.session;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How a turn ended, in the words used everywhere: exit code, JSON, HTTP, log, metric label.
public enum Status {
    COMPLETED,
    FAILED,
    CANCELLED,
    LIMIT_STEPS,
    LIMIT_TIME,
    LIMIT_BUDGET,
    LOOP_DETECTED,
    DENIED,
    AUTH_ERROR,
    PROVIDER_UNAVAILABLE;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
