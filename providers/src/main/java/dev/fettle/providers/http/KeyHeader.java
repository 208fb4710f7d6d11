package dev.fettle.providers.http;

import java.util.Map;

/// How a key is shown to a server. Never in a URL, which servers and proxies write into their logs.
public enum KeyHeader {
    /// `Authorization: Bearer …` (RFC 6750 §2.1).
    BEARER("authorization", "Bearer "),
    /// Azure's.
    API_KEY("api-key", ""),
    /// Anthropic's.
    X_API_KEY("x-api-key", ""),
    /// Google's.
    X_GOOG_API_KEY("x-goog-api-key", "");

    private final String name;
    private final String prefix;

    KeyHeader(String name, String prefix) {
        this.name = name;
        this.prefix = prefix;
    }

    /// The header with the endpoint's key; nothing if it has none.
    public Map<String, String> of(Endpoint endpoint) {
        return endpoint.key().map(key -> Map.of(name, prefix + key)).orElse(Map.of());
    }
}
