package dev.fettle.server.rate;

import dev.fettle.core.limit.SharedCells;
import io.github.bucket4j.BucketConfiguration;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts together with the other replicas. Each counts for itself too: who asks too often of one asks too
/// often of all, and does not trouble the cells; and when they are away the replica goes on with what it has
/// counted, so nobody is refused for that, or gains by it. Whether they are back is tried by one request a
/// second.
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
        Verdict here = alone.take(key);
        return here.isAllowed() ? together(key).orElse(here) : here;
    }

    /// What all replicas have counted; empty if that cannot be told, or was not asked.
    private Optional<Verdict> together(String key) {
        Instant now = clock.instant();
        Instant until = awayUntil.get();
        boolean isAway = !until.equals(HERE);
        if (isAway && (now.isBefore(until) || !awayUntil.compareAndSet(until, now.plus(PAUSE)))) {
            return Optional.empty();
        }
        try {
            Verdict verdict =
                    Verdict.of(buckets.builder().build(prefix + key, this::full).tryConsumeAndReturnRemaining(1));
            if (isAway) {
                awayUntil.set(HERE);
                LOG.info("Rates are counted together with other replicas again");
            }
            return Optional.of(verdict);
        } catch (UncheckedIOException e) {
            missed(e, isAway, now);
            return Optional.empty();
        } catch (RuntimeException e) {
            // Nonsense in the cell, or too many who change it at once: no reason to refuse anybody, nor to ask for no
            // other.
            LOG.debug("A request is counted by this replica alone", e);
            return Optional.empty();
        }
    }

    /// Who hung up while they were counted says nothing about the cells.
    private void missed(UncheckedIOException e, boolean isAway, Instant now) {
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
