package dev.fettle.server.route;

import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Handler;

/// One thing that can be asked of the server.
///
/// @param pattern a path whose segments are words or `{names}`, as `/sessions/{id}/messages`; a last `{name...}` stands
///     for one or more segments
public record Route(String method, String pattern, Access access, Handler handler) {
    public Route {
        if (!pattern.matches("/|(/([A-Za-z0-9._-]+|\\{[a-z_]+}))+(/\\{[a-z_]+\\.\\.\\.})?")) {
            throw new IllegalArgumentException("Not a route's pattern: " + pattern);
        }
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
}
