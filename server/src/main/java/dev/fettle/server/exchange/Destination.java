package dev.fettle.server.exchange;

import java.util.Map;

/// Where a request leads. A path that leads nowhere has a handler too, which says so.
///
/// @param pattern the route's, as `/sessions/{id}`; never what the client wrote, so it is safe to log and
///     to count by
/// @param isProbe whether whoever watches the process asks this again and again
/// @param values what the client wrote in place of the names in the pattern, decoded
public record Destination(String pattern, Map<String, String> values, Access access, Handler handler, boolean isProbe) {
    public Destination {
        values = Map.copyOf(values);
    }

    public Destination(String pattern, Map<String, String> values, Access access, Handler handler) {
        this(pattern, values, access, handler, false);
    }
}
