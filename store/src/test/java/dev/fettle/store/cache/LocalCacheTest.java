package dev.fettle.store.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.cache.Cache;
import dev.fettle.core.cache.CacheKey;
import dev.fettle.testkit.SettableClock;
import dev.fettle.testkit.contract.CacheContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LocalCacheTest extends CacheContract {
    private static final Duration HOUR = Duration.ofHours(1);

    private final SettableClock clock = new SettableClock();
    private final LocalCache cache = new LocalCache(100_000, clock);

    @Override
    protected Cache cache() {
        return cache;
    }

    @Override
    protected void letPass(Duration time) {
        clock.advance(time);
    }

    @Test
    void itHoldsNoMoreThanItMay() {
        for (int i = 0; i < 1_000; i++) {
            cache.put(CacheKey.of("ann", "question " + i), "x".repeat(700), HOUR);
        }
        assertEquals(100, cache.layers().getFirst().entries().orElseThrow());
        CacheKey tooLong = CacheKey.of("ann", "tell me everything");
        cache.put(tooLong, "x".repeat(100_000), HOUR);
        assertEquals(Optional.empty(), cache.get(tooLong));
    }

    @Test
    void anAnswerThatIsPutAgainIsKeptFromThenOn() {
        CacheKey key = CacheKey.of("ann", "why?");
        cache.put(key, "one", HOUR);
        clock.advance(HOUR.minusSeconds(1));
        cache.put(key, "two", HOUR);
        clock.advance(HOUR.minusSeconds(1));
        assertEquals(Optional.of("two"), cache.get(key));
        clock.advance(Duration.ofSeconds(1));
        assertTrue(cache.get(key).isEmpty());
    }
}
