package dev.fettle.providers.http;

import java.time.Duration;

/// How long a model API may take.
///
/// @param connect until the connection stands
/// @param call the whole call, and so also until the first byte
/// @param idle between two pieces of the answer's stream; comments and pings count
public record Timeouts(Duration connect, Duration call, Duration idle) {
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(120));
}
