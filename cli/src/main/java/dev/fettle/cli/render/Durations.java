package dev.fettle.cli.render;

import java.time.Duration;

/// How long something took, for people.
public final class Durations {
    private Durations() {}

    /// As in `1.9 s` or `2 min 5 s`.
    public static String words(Duration duration) {
        return duration.toMinutes() >= 1
                ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
                : "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
    }
}
