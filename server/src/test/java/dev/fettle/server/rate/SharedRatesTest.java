package dev.fettle.server.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.MemoryCells;
import dev.fettle.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedRatesTest {
    private static final Rate TWO = new Rate(2, Duration.ofMinutes(1));

    private final SettableClock clock = new SettableClock();
    private final MemoryCells cells = new MemoryCells(clock);
    private final RateLimiter here = replica(TWO);
    private final RateLimiter there = replica(TWO);

    private RateLimiter replica(Rate rate) {
        return new SharedRates("user", new LocalRates(rate, 100, clock), cells, clock);
    }

    private static List<Boolean> verdicts(RateLimiter limiter, int times) {
        return java.util.stream.IntStream.range(0, times)
                .mapToObj(_ -> limiter.take("ann").isAllowed())
                .toList();
    }

    @Test
    void replicasCountTogether() {
        assertEquals(new RateLimiter.Verdict(true, 1, Duration.ZERO, Duration.ofSeconds(30)), here.take("ann"));
        assertEquals(new RateLimiter.Verdict(true, 0, Duration.ZERO, Duration.ofSeconds(60)), there.take("ann"));
        assertEquals(
                new RateLimiter.Verdict(false, 0, Duration.ofSeconds(30), Duration.ofSeconds(60)), here.take("ann"));
        assertTrue(here.take("bob").isAllowed());
        clock.advance(Duration.ofSeconds(30));
        assertTrue(there.take("ann").isAllowed());
        assertFalse(here.take("ann").isAllowed());
    }

    @Test
    void aBucketIsForgottenWhenItIsFullAgain() {
        here.take("ann");
        clock.advance(Duration.ofMinutes(2));
        assertEquals(1, there.take("ann").remaining());
    }

    @Test
    void anotherRateCountsApart() {
        verdicts(here, 2);
        assertEquals(List.of(true, true, true, false), verdicts(replica(new Rate(3, Duration.ofMinutes(1))), 4));
    }

    @Test
    void withTheCellsAwayEachCountsAloneAndAsksOnceASecond() {
        RateLimiter one = replica(new Rate(10, Duration.ofMinutes(1)));
        RateLimiter other = replica(new Rate(10, Duration.ofMinutes(1)));
        verdicts(one, 2);
        cells.goAway();
        int before = cells.asked();
        assertEquals(List.of(true, true, true), verdicts(one, 3));
        assertEquals(List.of(true, true, true), verdicts(other, 3));
        assertEquals(before + 2, cells.asked());

        clock.advance(Duration.ofSeconds(1));
        verdicts(one, 2);
        assertEquals(before + 3, cells.asked());
        cells.comeBack();
        assertEquals(2, one.take("ann").remaining());
        assertEquals(before + 3, cells.asked());

        clock.advance(Duration.ofSeconds(1));
        assertEquals(7, one.take("ann").remaining());
        assertEquals(6, other.take("ann").remaining());
    }

    @Test
    void nobodyGetsMoreOfAReplicaBecauseTheCellsGoAway() {
        verdicts(here, 2);
        cells.goAway();
        assertEquals(List.of(false, false), verdicts(here, 2));
    }

    @Test
    void whoAsksTooOftenDoesNotTroubleTheCells() {
        verdicts(here, 2);
        int before = cells.asked();
        verdicts(here, 100);
        assertEquals(before, cells.asked());
    }

    @Test
    void nonsenseInACellRefusesNobody() {
        verdicts(here, 2);
        for (String nonsense : List.of("x", "\u0000\u0000\u0000\u0001", "{}", "\u007f".repeat(1_000))) {
            cells.fillWith(nonsense.getBytes(StandardCharsets.UTF_8));
            clock.advance(Duration.ofSeconds(1));
            RateLimiter fresh = replica(TWO);
            assertEquals(List.of(true, true, false), verdicts(fresh, 3));
        }
    }

    @Test
    void whoHangsUpSaysNothingAboutTheCells() {
        cells.goAway();
        Thread.currentThread().interrupt();
        assertTrue(here.take("ann").isAllowed());
        assertTrue(Thread.interrupted());
        cells.comeBack();
        int before = cells.asked();
        here.take("ann");
        assertTrue(cells.asked() > before, "the cells are asked again at once");
    }
}
