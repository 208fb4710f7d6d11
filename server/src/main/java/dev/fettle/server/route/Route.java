package dev.fettle.server.route;

import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.operation.Operation;
import java.util.Optional;

/// One thing that can be asked of the server.
///
/// @param pattern a path whose segments are words or `{names}`, as `/sessions/{id}/messages`; a last `{name...}` stands
///     for one or more segments
/// @param operation what it says of itself; every route of the service does
/// @param isProbe whether it is for who watches the process, and asks again and again
public record Route(
        String method, String pattern, Access access, Handler handler, Optional<Operation> operation, boolean isProbe) {
    public Route {
        if (!pattern.matches("/|(/([A-Za-z0-9._-]+|\\{[a-z_]+}))+(/\\{[a-z_]+\\.\\.\\.})?")) {
            throw new IllegalArgumentException("Not a route's pattern: " + pattern);
        }
    }

    public Route(String method, String pattern, Access access, Handler handler) {
        this(method, pattern, access, handler, Optional.empty(), false);
    }

    public static Route get(String pattern, Access access, Handler handler) {
        return new Route("GET", pattern, access, handler);
    }

    public static Route post(String pattern, Access access, Handler handler) {
        return new Route("POST", pattern, access, handler);
    }

    public static Route delete(String pattern, Access access, Handler handler) {
        return new Route("DELETE", pattern, access, handler);
    }

    /// The same, described.
    public Route as(Operation said) {
        return new Route(method, pattern, access, handler, Optional.of(said), isProbe);
    }

    /// The same, with another handler.
    public Route with(Handler other) {
        return new Route(method, pattern, access, other, operation, isProbe);
    }

    /// The same, for who watches the process.
    public Route asProbe() {
        return new Route(method, pattern, access, handler, operation, true);
    }
}
