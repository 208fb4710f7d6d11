package dev.fettle.server.rate;

import dev.fettle.core.limit.SharedCells;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts together with the other replicas. While the shared cells are away every replica counts alone, and nobody is
/// refused for that; whether they are back is tried by one request a second, so the others do not wait for them.
public final class SharedRates implements RateLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRates.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Instant HERE = Instant.MIN;

    private final String prefix;
    private final RateLimiter alone;
    private final CellBuckets buckets;
    private final InstantSource clock;
    private final AtomicReference<Instant> awayUntil = new AtomicReference<>(HERE);

    /// A limiter that shares what it counts with those of the same name and rate.
    ///
    /// @param name one word
    /// @param alone counts when the cells are away
    public SharedRates(String name, RateLimiter alone, SharedCells cells, InstantSource clock) {
        Rate rate = alone.rate();
        // A bucket keeps the rate it was made with, so another rate counts in other cells.
        this.prefix = "rate:%s:%d/%s:".formatted(name, rate.requests(), rate.per());
        this.alone = alone;
        this.buckets = new CellBuckets(cells, clock);
        this.clock = clock;
    }

    @Override
    public Rate rate() {
        return alone.rate();
    }

    @Override
    public Verdict take(String key) {
        Instant now = clock.instant();
        Instant until = awayUntil.get();
        boolean isAway = !until.equals(HERE);
        if (isAway && (now.isBefore(until) || !awayUntil.compareAndSet(until, now.plus(PAUSE)))) {
            return alone.take(key);
        }
        try {
            Verdict verdict =
                    Verdict.of(buckets.builder().build(prefix + key, this::full).tryConsumeAndReturnRemaining(1));
            if (isAway) {
                awayUntil.set(HERE);
                LOG.info("Rates are counted together with other replicas again");
            }
            return verdict;
        } catch (RuntimeException e) {
            // Whatever the library makes of what it finds there: it is no reason to refuse anybody.
            missed(e, isAway, now);
            return alone.take(key);
        }
    }

    /// Who hung up while they were counted says nothing about the cells.
    private void missed(RuntimeException e, boolean isAway, Instant now) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        awayUntil.set(now.plus(PAUSE));
        if (!isAway) {
            LOG.warn("Rates are counted by this replica alone for now: {}", e.getMessage());
        }
    }

    private BucketConfiguration full() {
        Rate rate = alone.rate();
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(rate.requests()).refillGreedy(rate.requests(), rate.per()))
                .build();
    }
}
