package dev.fettle.server.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// One token bucket for each key, of a bounded number of keys. A bucket nobody used for the length of the
/// rate is full again and is forgotten; beyond the bound the least used ones are forgotten early, which is
/// lenient and costs no memory.
public final class RateLimiter {
    private final Rate rate;
    private final TimeMeter meter;
    private final Cache<String, Bucket> buckets;

    public RateLimiter(Rate rate, int maxKeys, InstantSource clock) {
        this.rate = rate;
        this.meter = new ClockMeter(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(maxKeys)
                .expireAfterAccess(rate.per())
                .ticker(meter::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /// Whether one more may pass.
    ///
    /// @param retryAfter how long until there is one again; zero if this one was allowed
    /// @param reset how long until all are there again
    record Verdict(boolean isAllowed, long remaining, Duration retryAfter, Duration reset) {}

    Verdict take(String key) {
        ConsumptionProbe probe = buckets.get(key, _ -> full()).tryConsumeAndReturnRemaining(1);
        return new Verdict(
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForRefill()),
                Duration.ofNanos(probe.getNanosToWaitForReset()));
    }

    Rate rate() {
        return rate;
    }

    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.requests()).refillGreedy(rate.requests(), rate.per()))
                .withCustomTimePrecision(meter)
                .build();
    }

    private record ClockMeter(InstantSource clock) implements TimeMeter {
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
}
