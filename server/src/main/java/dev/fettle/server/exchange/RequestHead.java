package dev.fettle.server.exchange;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All of a request but its body.
///
/// @param id goes into the answer, the log and every problem; safe to print
/// @param client the address of who asked, as far as the configured proxies can be believed
/// @param path as it was sent, still percent-encoded, without the query
/// @param query as it was sent, empty if there was none; may hold secrets, so it is never logged
/// @param headers by lower-case name
public record RequestHead(
        String id, String client, String method, String path, String query, Map<String, List<String>> headers) {
    public RequestHead {
        headers = Map.copyOf(headers);
    }

    /// The header's value where it was sent once. Sent twice it has none: two parties could read it
    /// differently.
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.getFirst().strip()) : Optional.empty();
    }

    public boolean has(String name) {
        return headers.containsKey(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "%s %s (%s)".formatted(method, path, id);
    }
}
