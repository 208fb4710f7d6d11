package dev.fettle.store.run;

import java.time.Duration;
import java.time.LocalTime;

/// Something done again and again, once for all processes together. After a crash it is done again, so it must be
/// safe to repeat.
public record Job(String name, When when, Runnable work) {
    /// How often.
    public sealed interface When {
        record Every(Duration interval) implements When {}

        /// Once a day, at this time of the machine's zone.
        record DailyAt(LocalTime time) implements When {}
    }
}
