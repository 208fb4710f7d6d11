package dev.fettle.store.run;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Instant;
import java.time.InstantSource;

/// The clock that all processes share, read now and then and carried on in between: the process's own may be wrong or
/// be set.
final class DatabaseClock implements Clock {
    private final InstantSource shared;
    private volatile Reading last;

    private record Reading(Instant at, long nanos) {}

    DatabaseClock(InstantSource shared) {
        this.shared = shared;
        this.last = read(shared);
    }

    /// Reads the shared clock again.
    void adjust() {
        last = read(shared);
    }

    /// Taken in the middle of the question and the answer.
    private static Reading read(InstantSource shared) {
        long asked = System.nanoTime();
        Instant at = shared.instant();
        return new Reading(at, asked + (System.nanoTime() - asked) / 2);
    }

    @Override
    public Instant now() {
        Reading reading = last;
        return reading.at().plusNanos(System.nanoTime() - reading.nanos());
    }
}
