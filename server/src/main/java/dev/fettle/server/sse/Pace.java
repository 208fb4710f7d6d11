package dev.fettle.server.sse;

import java.time.Duration;

/// How fast a client has to be, and how it learns that the connection still stands.
///
/// @param heartbeat how long nothing is sent at most
/// @param write how long it may take to accept what is sent
public record Pace(Duration heartbeat, Duration write) {
    public static final Pace DEFAULT = new Pace(Duration.ofSeconds(15), Duration.ofSeconds(30));
}
