package dev.fettle.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.cache.Cache;
import dev.fettle.core.cache.CacheKey;
import dev.fettle.testkit.contract.CacheContract;
import dev.fettle.testkit.redis.LoopbackRedis;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RedisCacheTest extends CacheContract {
    private static LoopbackRedis redis;
    private static RedisCache cache;

    @BeforeAll
    static void start() {
        redis = new LoopbackRedis();
        cache = new RedisCache(redis.url(), Duration.ofHours(1), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            cache.close();
            redis.close();
        }
    }

    @BeforeEach
    void empty() {
        cache.invalidateAll();
    }

    @Override
    protected Cache cache() {
        return cache;
    }

    @Override
    protected void letPass(Duration time) {
        // It does by itself.
    }

    @Test
    void nothingIsKeptForLongerThanTheLongest() {
        try (RedisCache brief = new RedisCache(redis.url(), Duration.ofSeconds(5), InstantSource.system())) {
            CacheKey key = CacheKey.of("ann", "why?");
            brief.put(key, "because", Duration.ofHours(1));
            Duration left = brief.find(key).orElseThrow().left();
            assertTrue(left.compareTo(Duration.ofSeconds(5)) <= 0, left::toString);
        }
    }

    @Test
    void aRedisThatIsAwayFromTheStartHasNothingAndTakesNothing() {
        try (RedisCache nowhere = new RedisCache(
                URI.create("redis://:secret@127.0.0.1:1"), Duration.ofHours(1), InstantSource.system())) {
            CacheKey key = CacheKey.of("ann", "why?");
            nowhere.put(key, "because", Duration.ofHours(1));
            nowhere.invalidate("ann");
            nowhere.invalidateAll();
            assertEquals(Optional.empty(), nowhere.get(key));
            assertFalse(nowhere.toString().contains("secret"));
            String trouble = nowhere.layers().getFirst().trouble().orElseThrow();
            assertTrue(trouble.startsWith("Redis at 127.0.0.1:1: "), trouble);
            assertFalse(trouble.contains("secret"));
        }
    }
}
