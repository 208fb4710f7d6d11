package dev.fettle.providers.resilience;

import static dev.fettle.providers.resilience.Calls.fails;
import static dev.fettle.providers.resilience.Calls.gives;
import static dev.fettle.providers.resilience.Calls.limited;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryingTest {
    private static final ModelResponse ANSWER = text("Here.");
    private static final Duration TOTAL = Duration.ofSeconds(60);

    private final RehearsedTime time = new RehearsedTime();
    private final Calls calls = new Calls();

    private Retrying retrying(ModelProvider provider) {
        return new Retrying(provider, Patience.of(TOTAL), time, new Longest());
    }

    /// Draws the highest number there can be, so that the waits are the longest.
    private record Longest() implements RandomGenerator {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "OVERLOADED", "NETWORK"})
    void whatMayPassIsTriedAgain(Kind kind) throws Exception {
        ScriptedModel model = new ScriptedModel(List.of(fails(kind), fails(kind), gives(ANSWER)));

        assertEquals(ANSWER, calls.ask(retrying(model)));
        assertEquals(3, model.requests().size());
        assertEquals(List.of(Duration.ofMillis(500), Duration.ofSeconds(1)), time.slept());
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTH", "CONTEXT_TOO_LONG", "INVALID_REQUEST"})
    void whatWillNotPassIsNotTriedAgain(Kind kind) throws Exception {
        ScriptedModel model = new ScriptedModel(List.of(fails(kind), gives(ANSWER)));

        assertEquals("out of order", calls.failing(retrying(model)).getMessage());
        assertEquals(1, model.requests().size());
        assertEquals(List.of(), calls.shown);
    }

    @Test
    void waitsGrowAndEndAtTheDeadlineWithTheWholeStory() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Duration begun = time.elapsed();

        ModelException failure = calls.failing(retrying((_, _) -> {
            throw new ModelException(Kind.OVERLOADED, "busy (" + tries.incrementAndGet() + ")");
        }));

        assertEquals(Kind.OVERLOADED, failure.kind());
        assertEquals(
                List.of(500, 1000, 2000, 4000, 8000, 8000, 8000, 8000, 8000, 8000),
                time.slept().stream().map(wait -> (int) wait.toMillis()).toList());
        assertEquals("Gave up after 11 tries in 55 s (LLM_RETRY_TIME is 60 s): busy (11).", failure.getMessage());
        assertTrue(time.elapsed().minus(begun).compareTo(TOTAL) <= 0);
    }

    @Test
    void theTimeOfTheFirstTryDoesNotCount() throws Exception {
        ScriptedModel model = new ScriptedModel(List.of(
                _ -> {
                    time.pass(Duration.ofMinutes(9));
                    throw new ModelException(Kind.NETWORK, "silent");
                },
                gives(ANSWER)));

        assertEquals(ANSWER, calls.ask(retrying(model)));
    }

    @Test
    void waitsAsLongAsTheProviderAsked() throws Exception {
        ScriptedModel model = new ScriptedModel(List.of(limited(Duration.ofSeconds(30)), gives(ANSWER)));

        assertEquals(ANSWER, calls.ask(retrying(model)));
        assertEquals(List.of(Duration.ofSeconds(30)), time.slept());
        assertEquals(
                List.of(new Delta.Waiting(Duration.ofSeconds(30), "too many"), new Delta.Text("Here.")), calls.shown);
    }

    @Test
    void aWaitThatDoesNotFitEndsTheCallAtOnce() throws Exception {
        ScriptedModel model = new ScriptedModel(List.of(limited(Duration.ofHours(1)), gives(ANSWER)));

        ModelException failure = calls.failing(retrying(model));

        assertEquals(
                "Gave up after 1 try in 0 s (LLM_RETRY_TIME is 60 s): too many. "
                        + "It asks to be left alone for 3600 s, longer than is waited for.",
                failure.getMessage());
        assertEquals(List.of(), time.slept());
    }

    @Test
    void whereAnotherModelStandsByNoLongWaitIsBorne() throws Exception {
        ScriptedModel model = new ScriptedModel(List.of(limited(Duration.ofSeconds(20)), gives(ANSWER)));
        Patience hurried = new Patience(TOTAL, Duration.ofSeconds(10));

        assertEquals(Kind.RATE_LIMITED, calls.failure(new Retrying(model, hurried, time, new Longest())));
        assertEquals(List.of(), time.slept());
    }

    @Test
    void withoutPatienceAFailureComesThroughAsItIs() throws Exception {
        ScriptedModel model = new ScriptedModel(List.of(fails(Kind.NETWORK), gives(ANSWER)));
        Patience none = Patience.of(Duration.ZERO);

        assertEquals(
                "out of order",
                calls.failing(new Retrying(model, none, time, new Longest())).getMessage());
        assertEquals(1, model.requests().size());
    }

    @Test
    void anAnswerThatBrokeOffIsDiscardedAndRepeatedOncePerCut() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        ModelProvider cutTwice = (_, deltas) -> {
            deltas.accept(new Delta.Text("He"));
            if (tries.incrementAndGet() <= 2) {
                throw new ModelException(Kind.NETWORK, "cut");
            }
            deltas.accept(new Delta.Text("re."));
            return ANSWER;
        };

        assertEquals(ANSWER, calls.ask(retrying(cutTwice)));
        assertEquals(3, tries.get());
        assertEquals(
                List.of(
                        new Delta.Text("He"),
                        new Delta.Discarded("cut"),
                        new Delta.Waiting(Duration.ofMillis(500), "cut"),
                        new Delta.Text("He"),
                        new Delta.Discarded("cut"),
                        new Delta.Waiting(Duration.ofSeconds(1), "cut"),
                        new Delta.Text("He"),
                        new Delta.Text("re.")),
                calls.shown);
    }

    @Test
    void anAnswerThatBrokeOffForGoodIsDiscardedToo() throws Exception {
        ModelProvider refuses = (_, deltas) -> {
            deltas.accept(new Delta.CallBegun("read"));
            throw new ModelException(Kind.INVALID_REQUEST, "no");
        };

        assertEquals(Kind.INVALID_REQUEST, calls.failure(retrying(refuses)));
        assertEquals(List.of(new Delta.CallBegun("read"), new Delta.Discarded("no")), calls.shown);
    }

    @Test
    void aRepetitionThatShowsNothingIsAbandonedAtTheDeadline() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        ModelProvider hangs = (_, _) -> {
            if (tries.incrementAndGet() == 1) {
                throw new ModelException(Kind.OVERLOADED, "busy");
            }
            time.pass(Duration.ofSeconds(1));
            new CountDownLatch(1).await();
            return ANSWER;
        };
        Retrying impatient = new Retrying(hangs, Patience.of(Duration.ofMillis(600)), time, new Longest());

        ModelException failure = calls.failing(impatient);

        assertEquals(Kind.NETWORK, failure.kind());
        assertTrue(failure.getMessage().contains("first did not begin to answer"), failure.getMessage());
        assertEquals(2, tries.get());
        assertTrue(!Thread.interrupted(), "an interruption was left over");
    }

    @Test
    void aRepetitionThatIsAnsweringMayTakeLongerThanTheDeadline() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        ModelProvider slow = (_, deltas) -> {
            if (tries.incrementAndGet() == 1) {
                throw new ModelException(Kind.OVERLOADED, "busy");
            }
            deltas.accept(new Delta.Reasoning(""));
            time.pass(Duration.ofMinutes(5));
            return ANSWER;
        };

        assertEquals(ANSWER, calls.ask(retrying(slow)));
    }

    @Test
    void interruptionEndsTheWait() {
        ScriptedModel model = new ScriptedModel(List.of(fails(Kind.OVERLOADED), gives(ANSWER)));
        Retrying retrying = new Retrying(model, Patience.of(TOTAL), SteadyTime.REAL, new Longest());

        assertThrows(
                InterruptedException.class,
                () -> retrying.complete(Calls.request("Hi"), delta -> {
                    if (delta instanceof Delta.Waiting) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertEquals(1, model.requests().size());
    }
}
