package dev.fettle.core.workspace;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// How far one command asks to reach. More than the sandbox is granted by a policy or a person, each time.
public enum Reach {
    @JsonProperty("sandbox")
    SANDBOX,
    /// As the sandbox, with the network.
    @JsonProperty("network")
    NETWORK,
    /// Outside the sandbox.
    @JsonProperty("full")
    FULL;

    /// As models and logs write it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
