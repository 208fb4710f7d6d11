package dev.fettle.providers.resilience;

import java.time.Duration;

/// How long failures are borne.
///
/// @param total from the first failure of a call to its end; zero to try once only
/// @param longestWait between two tries; what asks for more is given up at once
public record Patience(Duration total, Duration longestWait) {

    /// Bears any wait that the total has room for.
    public static Patience of(Duration total) {
        return new Patience(total, total);
    }
}
