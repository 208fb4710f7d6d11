package dev.fettle.server.rate;

import io.github.bucket4j.TimeMeter;
import java.time.Instant;
import java.time.InstantSource;

/// The time as Bucket4j asks for it.
record ClockMeter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
