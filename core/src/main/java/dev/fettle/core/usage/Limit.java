package dev.fettle.core.usage;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What can run out.
public enum Limit {
    @JsonProperty("steps")
    STEPS,
    @JsonProperty("time")
    TIME,
    @JsonProperty("budget")
    BUDGET
}
