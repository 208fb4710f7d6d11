package dev.fettle.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.cli.host.CommandException;
import dev.fettle.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class StartUpTest {
    private final SettableClock clock = new SettableClock();
    private final StartUp startUp = new StartUp(clock);

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void partsAreMadeReadyAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        Runnable meeting = () -> {
            both.countDown();
            await(both);
        };
        startUp.together(List.of(new StartUp.Part("one", meeting), new StartUp.Part("other", meeting)));
        assertTrue(startUp.toString().matches("0 ms: (one 0 ms, other 0 ms|other 0 ms, one 0 ms)"), startUp.toString());
    }

    @Test
    void eachPartIsToldWithItsTime() {
        startUp.together(List.of(new StartUp.Part("database", () -> clock.advance(Duration.ofMillis(210)))));
        clock.advance(Duration.ofMillis(10));
        assertEquals("routes", startUp.alone("listener", () -> {
            clock.advance(Duration.ofMillis(80));
            return "routes";
        }));
        assertEquals("300 ms: database 210 ms, listener 80 ms", startUp.toString());
    }

    @Test
    void whatCannotBeHadIsToldWhenTheOthersHaveEnded() {
        AtomicBoolean ended = new AtomicBoolean();
        RuntimeException failure = new IllegalStateException("no database");
        List<StartUp.Part> parts = List.of(
                new StartUp.Part("database", () -> {
                    throw failure;
                }),
                new StartUp.Part("other", () -> ended.set(true)));
        assertSame(failure, assertThrows(IllegalStateException.class, () -> startUp.together(parts)));
        assertTrue(ended.get());
    }

    @Test
    void whoeverIsInterruptedInterruptsTheParts() {
        Thread.currentThread().interrupt();
        List<StartUp.Part> parts = List.of(new StartUp.Part("never", () -> await(new CountDownLatch(1))));
        assertThrows(CommandException.class, () -> startUp.together(parts));
        assertTrue(Thread.interrupted());
    }
}
