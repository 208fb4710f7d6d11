package dev.fettle.providers.resilience;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitedTest {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch full = new CountDownLatch(3);
    private final Semaphore goOn = new Semaphore(0);

    private final Limited limited = new Limited(
            (_, _) -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                full.countDown();
                try {
                    goOn.acquire();
                } finally {
                    inside.decrementAndGet();
                }
                return text("Here.");
            },
            3);

    private List<Thread> callers(int count) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    limited.complete(Calls.request("Hi"), _ -> {});
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        return threads;
    }

    @Test
    void neverMoreAtATimeAndAllGetTheirTurn() throws Exception {
        List<Thread> threads = callers(20);
        assertTrue(full.await(20, TimeUnit.SECONDS));
        goOn.release(20);
        for (Thread thread : threads) {
            assertTrue(thread.join(Duration.ofSeconds(20)));
        }
        assertEquals(3, most.get());
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        List<Thread> threads = callers(3);
        assertTrue(full.await(20, TimeUnit.SECONDS));
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> limited.complete(Calls.request("Hi"), _ -> {}));

        goOn.release(3);
        for (Thread thread : threads) {
            assertTrue(thread.join(Duration.ofSeconds(20)));
        }
    }

    @Test
    void aFailedCallGivesItsPlaceBack() throws Exception {
        Calls calls = new Calls();
        Limited one = new Limited(
                (_, _) -> {
                    throw new ModelException(Kind.NETWORK, "gone");
                },
                1);
        assertEquals(Kind.NETWORK, calls.failure(one));
        assertEquals(Kind.NETWORK, calls.failure(one));
    }
}
