package dev.fettle.telemetry.metrics;

import java.time.Duration;

/// The unit of every time that Prometheus is told.
final class Seconds {
    private static final double NANOS = 1e9;

    private Seconds() {}

    static double of(Duration time) {
        return time.toNanos() / NANOS;
    }
}
