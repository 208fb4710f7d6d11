package dev.fettle.app.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DailyCleanUpTest {
    private final SettableClock clock = new SettableClock();
    private final AtomicInteger times = new AtomicInteger();

    @TempDir
    private Path home = Path.of("");

    private void begin(Path mark) {
        new DailyCleanUp(mark, clock, times::incrementAndGet).close();
    }

    @Test
    void itIsDoneOnceADay() {
        Path mark = home.resolve("cleaned");
        begin(mark);
        begin(mark);
        assertEquals(1, times.get());

        clock.advance(Duration.ofHours(23));
        begin(mark);
        assertEquals(1, times.get());
        clock.advance(Duration.ofHours(1));
        begin(mark);
        assertEquals(2, times.get());
    }

    @Test
    void whatCannotBeMarkedIsNotCleanedUp() throws Exception {
        begin(Files.writeString(home.resolve("file"), "").resolve("cleaned"));

        assertEquals(0, times.get());
    }

    @Test
    void whoLeavesDoesNotWaitForIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        DailyCleanUp cleanUp = new DailyCleanUp(home.resolve("cleaned"), clock, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                stopped.countDown();
                throw new IllegalStateException("stopped", e);
            }
        });
        assertTrue(begun.await(20, TimeUnit.SECONDS));

        cleanUp.close();

        assertTrue(stopped.await(20, TimeUnit.SECONDS));
    }
}
