package dev.fettle.providers.resilience;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.core.model.ModelResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakingTest {
    private static final ModelResponse ANSWER = text("Here.");

    private final RehearsedTime time = new RehearsedTime();
    private final Calls calls = new Calls();
    private Optional<Kind> trouble = Optional.empty();
    private int reached;

    private final Breaking breaking = new Breaking(
            (_, _) -> {
                reached++;
                trouble.ifPresent(kind -> {
                    throw new ModelException(kind, "out of order");
                });
                return ANSWER;
            },
            time);

    private void fail(Kind kind, int times) throws InterruptedException {
        trouble = Optional.of(kind);
        for (int i = 0; i < times; i++) {
            assertEquals("out of order", calls.failing(breaking).getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERLOADED", "NETWORK"})
    void afterTenFailuresInARowNobodyGetsThrough(Kind kind) throws Exception {
        fail(kind, 10);
        time.pass(Duration.ofSeconds(5));

        ModelException spared = calls.failing(breaking);

        assertEquals("first failed 10 times in a row and is left alone for another 10 s", spared.getMessage());
        assertEquals(Kind.OVERLOADED, spared.kind());
        assertEquals(Optional.of(Duration.ofSeconds(10)), spared.retryAfter());
        assertEquals(10, reached);
    }

    @Test
    void oneSuccessBeginsTheCountAgain() throws Exception {
        fail(Kind.OVERLOADED, 9);
        trouble = Optional.empty();
        calls.ask(breaking);
        fail(Kind.OVERLOADED, 9);

        assertEquals(19, reached);
        trouble = Optional.empty();
        assertEquals(ANSWER, calls.ask(breaking));
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "AUTH", "CONTEXT_TOO_LONG", "INVALID_REQUEST"})
    void aProviderThatRefusesIsThere(Kind kind) throws Exception {
        fail(kind, 30);
        assertEquals(30, reached);
    }

    @Test
    void theTrialThatSucceedsLetsAllThrough() throws Exception {
        fail(Kind.NETWORK, 10);
        time.pass(Duration.ofSeconds(16));
        trouble = Optional.empty();

        assertEquals(ANSWER, calls.ask(breaking));
        assertEquals(ANSWER, calls.ask(breaking));
    }

    @Test
    void theTrialThatFailsMeansAnotherRest() throws Exception {
        fail(Kind.NETWORK, 10);
        time.pass(Duration.ofSeconds(16));
        fail(Kind.NETWORK, 1);

        assertEquals(
                Optional.of(Duration.ofSeconds(15)), calls.failing(breaking).retryAfter());
        assertEquals(11, reached);
    }

    @Test
    void onlyOneTrialIsMadeAndAnInterruptedOneMakesRoom() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        int[] asked = {0};
        Breaking one = new Breaking(
                (_, _) -> {
                    if (++asked[0] == 11) {
                        inside.countDown();
                        new CountDownLatch(1).await();
                    }
                    if (asked[0] <= 10) {
                        throw new ModelException(Kind.OVERLOADED, "busy");
                    }
                    return ANSWER;
                },
                time);
        for (int i = 0; i < 10; i++) {
            calls.failure(one);
        }
        time.pass(Duration.ofSeconds(16));
        Thread trial = Thread.ofVirtual()
                .start(() ->
                        assertThrows(InterruptedException.class, () -> one.complete(Calls.request("Hi"), _ -> {})));
        assertTrue(inside.await(20, TimeUnit.SECONDS));

        assertEquals(Optional.of(Duration.ofSeconds(1)), calls.failing(one).retryAfter());
        trial.interrupt();
        assertTrue(trial.join(Duration.ofSeconds(20)));
        assertEquals(ANSWER, calls.ask(one));
    }
}
