package dev.fettle.server.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalRatesTest {
    private final SettableClock clock = new SettableClock();
    private final LocalRates limiter = new LocalRates(new Rate(2, Duration.ofSeconds(60)), 100, clock);

    @Test
    void tokensComeBackEvenly() {
        assertEquals(new RateLimiter.Verdict(true, 1, Duration.ZERO, Duration.ofSeconds(30)), limiter.take("a"));
        assertEquals(new RateLimiter.Verdict(true, 0, Duration.ZERO, Duration.ofSeconds(60)), limiter.take("a"));
        assertEquals(
                new RateLimiter.Verdict(false, 0, Duration.ofSeconds(30), Duration.ofSeconds(60)), limiter.take("a"));
        assertTrue(limiter.take("b").isAllowed());
        clock.advance(Duration.ofSeconds(30));
        assertEquals(new RateLimiter.Verdict(true, 0, Duration.ZERO, Duration.ofSeconds(60)), limiter.take("a"));
    }

    @Test
    void bucketsThatAreFullAgainAreForgotten() {
        limiter.take("a");
        assertEquals(1, limiter.size());
        clock.advance(Duration.ofSeconds(61));
        assertEquals(0, limiter.size());
    }

    @Test
    void noMoreKeysAreKeptThanAllowed() {
        for (int i = 0; i < 10_000; i++) {
            limiter.take("key " + i);
        }
        assertTrue(limiter.size() <= 100, "%d keys".formatted(limiter.size()));
    }

    @Test
    void aRateIsPositive() {
        assertThrows(IllegalArgumentException.class, () -> new Rate(0, Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> new Rate(1, Duration.ZERO));
    }
}
