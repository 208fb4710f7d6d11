package dev.fettle.core.tool;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What running a tool twice would do, and so how it may be scheduled and recovered.
public enum Effect {
    /// Changes nothing: may run again, and beside others.
    @JsonProperty("read")
    READ,
    /// Changes files in a way that can be told afterwards by their content: runs alone, in the model's order.
    @JsonProperty("keyed")
    KEYED,
    /// Can do anything: never runs again by itself. Several may run beside each other if the model asks for
    /// that.
    @JsonProperty("unsafe")
    UNSAFE
}
