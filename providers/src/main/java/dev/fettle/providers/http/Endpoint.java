package dev.fettle.providers.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where a model API is and how we are let in.
///
/// @param base the URL before the dialect's own path, with or without a slash at its end
/// @param key empty for servers that want none
/// @param keyHint what a person does when the key is missing or wrong, such as `set ANTHROPIC_API_KEY`
/// @param headers sent with every request, after our own and over them
public record Endpoint(URI base, Optional<String> key, String keyHint, Map<String, String> headers) {
    public Endpoint {
        if (base.getHost() == null
                || base.getScheme() == null
                || !base.getScheme().matches("https?")) {
            throw new IllegalArgumentException(
                    "Not a base URL: `%s`; write one such as https://api.example.com/v1".formatted(base));
        }
        key = key.map(String::strip).filter(text -> !text.isEmpty());
        if (key.stream().flatMapToInt(String::chars).anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "The key for %s contains a character that no key has; copy it again and %s"
                            .formatted(base.getHost(), keyHint));
        }
        headers = Map.copyOf(headers);
    }

    /// An endpoint without headers of its own.
    public Endpoint(URI base, Optional<String> key, String keyHint) {
        this(base, key, keyHint, Map.of());
    }

    /// The address of one operation.
    ///
    /// @param path begins with a slash
    public URI resolve(String path) {
        String text = base.toString();
        int end = text.length();
        while (text.charAt(end - 1) == '/') {
            end--;
        }
        return URI.create(text.substring(0, end) + path);
    }

    /// `http` or `https`.
    public String scheme() {
        return base.getScheme().toLowerCase(Locale.ROOT);
    }

    /// `host` or `host:port`, for messages.
    public String hostAndPort() {
        return base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
    }

    /// Without the key and the headers, which may hold one.
    @Override
    public String toString() {
        return "Endpoint[" + base + "]";
    }
}
