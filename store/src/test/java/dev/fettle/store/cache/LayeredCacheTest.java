package dev.fettle.store.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.cache.Cache;
import dev.fettle.core.cache.CacheKey;
import dev.fettle.store.redis.RedisCache;
import dev.fettle.testkit.contract.CacheContract;
import dev.fettle.testkit.redis.LoopbackRedis;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two replicas on one Redis, which is killed and comes back.
final class LayeredCacheTest extends CacheContract {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final CacheKey ANNS = CacheKey.of("ann", "why?");
    private static final CacheKey BOBS = CacheKey.of("bob", "why?");
    private static LoopbackRedis redis;

    /// Redis has its own clock, so that of the replicas must not stand still.
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    private final Replica one = new Replica();
    private final Replica two = new Replica();

    private final class Replica {
        final RedisCache shared = new RedisCache(redis.url(), Duration.ofHours(1), clock);
        final LayeredCache cache = new LayeredCache(new LocalCache(1_000_000, clock), shared);
    }

    @BeforeAll
    static void start() {
        redis = new LoopbackRedis();
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void empty() {
        one.cache.invalidateAll();
        advanceOneSecond();
    }

    @AfterEach
    void close() {
        one.shared.close();
        two.shared.close();
    }

    @Override
    protected Cache cache() {
        return one.cache;
    }

    @Override
    protected void letPass(Duration time) {
        // It does by itself.
    }

    private void advanceOneSecond() {
        ahead.updateAndGet(each -> each.plusSeconds(1));
    }

    private static List<Long> hits(Cache cache) {
        return cache.layers().stream().map(Cache.Layer::hits).toList();
    }

    @Test
    void whatOneReplicaKeptTheOtherGivesAndThenHasItself() {
        one.cache.put(ANNS, "because", LONG);
        assertEquals(Optional.of("because"), two.cache.get(ANNS));
        assertEquals(List.of(0L, 1L), hits(two.cache));
        assertEquals(Optional.of("because"), two.cache.get(ANNS));
        assertEquals(List.of(1L, 1L), hits(two.cache));
    }

    @Test
    void whatOneReplicaForgetsTheOtherForgetsWithinASecond() {
        one.cache.put(ANNS, "anns", LONG);
        one.cache.put(BOBS, "bobs", LONG);
        two.cache.get(ANNS);
        two.cache.get(BOBS);

        one.cache.invalidate("ann");
        advanceOneSecond();
        assertEquals(Optional.empty(), two.cache.get(ANNS));
        assertEquals(Optional.of("bobs"), two.cache.get(BOBS));

        one.cache.invalidateAll();
        advanceOneSecond();
        assertEquals(Optional.empty(), two.cache.get(BOBS));
    }

    @Test
    void withoutRedisThereIsNothingAndItComesBackByItself() {
        one.cache.put(ANNS, "anns", LONG);
        redis.stop();
        try {
            advanceOneSecond();
            assertEquals(Optional.empty(), one.cache.get(ANNS));
            one.cache.put(BOBS, "bobs", LONG);
            assertEquals(Optional.empty(), one.cache.get(BOBS));
            assertTrue(one.cache.layers().getLast().trouble().isPresent());
        } finally {
            redis.start();
        }
        while (one.cache.get(BOBS).isEmpty()) {
            advanceOneSecond();
            one.cache.put(BOBS, "bobs", LONG);
        }
        while (two.cache.get(BOBS).isEmpty()) {
            advanceOneSecond();
        }
    }

    @Test
    void whatIsForgottenWhileRedisIsAwayIsForgottenWhenItIsBack() {
        one.cache.put(ANNS, "anns", LONG);
        redis.stop();
        one.cache.invalidate("ann");
        redis.start();
        one.cache.put(ANNS, "old", LONG);
        while (one.shared.generation("bob").isEmpty()) {
            advanceOneSecond();
        }
        assertEquals(Optional.empty(), one.cache.get(ANNS));
    }
}
