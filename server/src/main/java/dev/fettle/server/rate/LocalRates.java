package dev.fettle.server.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.InstantSource;

/// Counts in this process, for a bounded number of keys. A bucket nobody used for the length of the rate is full again
/// and is forgotten; beyond the bound the least used ones are forgotten early, which is lenient and costs no memory.
public final class LocalRates implements RateLimiter {
    private final Rate rate;
    private final TimeMeter meter;
    private final Cache<String, Bucket> buckets;

    public LocalRates(Rate rate, int maxKeys, InstantSource clock) {
        this.rate = rate;
        this.meter = new ClockMeter(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(maxKeys)
                .expireAfterAccess(rate.per())
                .ticker(meter::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Verdict take(String key) {
        return Verdict.of(buckets.get(key, _ -> full()).tryConsumeAndReturnRemaining(1));
    }

    @Override
    public Rate rate() {
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
}
