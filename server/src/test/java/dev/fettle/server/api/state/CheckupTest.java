package dev.fettle.server.api.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.server.api.state.Checkup.Found;
import dev.fettle.server.api.state.Dependency.Condition;
import dev.fettle.server.api.state.Dependency.Level;
import dev.fettle.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CheckupTest {
    private static final Condition THERE = Condition.up("there");
    private static final Condition GONE = new Condition(Level.DEGRADED, "gone");

    private final SettableClock clock = new SettableClock();
    private final BlockingQueue<Condition> answers = new LinkedBlockingQueue<>();
    private final AtomicInteger looks = new AtomicInteger();

    /// Answers when a test gives it an answer.
    private final class Asked implements Dependency {
        private final Duration goodFor;

        Asked(Duration goodFor) {
            this.goodFor = goodFor;
        }

        @Override
        public String name() {
            return "asked";
        }

        @Override
        public Duration goodFor() {
            return goodFor;
        }

        @Override
        public Condition check() throws InterruptedException {
            looks.incrementAndGet();
            return answers.take();
        }
    }

    private Checkup checkup(Duration goodFor) {
        return new Checkup(List.of(new Asked(goodFor)), clock);
    }

    private static void assertFound(Condition condition, Instant at, Checkup checkup) throws InterruptedException {
        assertEquals(
                List.of(new Found("asked", condition, at)), checkup.report().found());
    }

    @Test
    void whatWasFoundIsGoodForAWhileAndThenWaitedFor() throws Exception {
        Checkup checkup = checkup(Duration.ofSeconds(1));
        Instant begun = clock.instant();
        answers.add(THERE);
        answers.add(GONE);
        assertFound(THERE, begun, checkup);
        clock.advance(Duration.ofMillis(999));
        assertFound(THERE, begun, checkup);
        clock.advance(Duration.ofMillis(1));
        assertFound(GONE, begun.plusSeconds(1), checkup);
        assertEquals(2, looks.get());
    }

    @Test
    void whatTakesLongToFindOutIsToldAsItWasUntilItIsKnownAnew() throws Exception {
        Checkup checkup = checkup(Duration.ofSeconds(30));
        Instant begun = clock.instant();
        answers.add(THERE);
        assertFound(THERE, begun, checkup);
        clock.advance(Duration.ofMinutes(5));
        assertFound(THERE, begun, checkup);
        answers.add(GONE);
        while (checkup.report().level() == Level.UP) {
            Thread.onSpinWait();
        }
        assertFound(GONE, begun.plus(Duration.ofMinutes(5)), checkup);
        assertEquals(2, looks.get());
    }

    @Test
    void aCheckThatHangsIsBegunOnceAndTakenForABadAnswer() throws Exception {
        Checkup checkup = checkup(Duration.ofSeconds(1));
        Instant begun = clock.instant();
        Condition late = new Condition(Level.DOWN, "no answer within 2 s");
        assertFound(late, begun, checkup);
        clock.advance(Duration.ofMinutes(1));
        assertFound(late, begun, checkup);
        assertEquals(1, looks.get());
        answers.add(THERE);
        while (checkup.report().level() == Level.DOWN) {
            Thread.onSpinWait();
        }
        assertFound(THERE, begun.plus(Duration.ofMinutes(1)), checkup);
    }
}
