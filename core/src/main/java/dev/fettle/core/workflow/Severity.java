package dev.fettle.core.workflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// How much a finding of a review matters, the least first.
public enum Severity {
    @JsonProperty("low")
    LOW,
    @JsonProperty("medium")
    MEDIUM,
    @JsonProperty("high")
    HIGH,
    @JsonProperty("critical")
    CRITICAL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
