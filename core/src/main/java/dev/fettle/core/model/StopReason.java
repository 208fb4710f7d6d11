package dev.fettle.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Why a model stopped.
public enum StopReason {
    @JsonProperty("end")
    END,
    @JsonProperty("tool_calls")
    TOOL_CALLS,
    /// Cut off at the output limit: the last block may be incomplete.
    @JsonProperty("max_tokens")
    MAX_TOKENS,
    /// The model or its provider's filter declined.
    @JsonProperty("refusal")
    REFUSAL
}
