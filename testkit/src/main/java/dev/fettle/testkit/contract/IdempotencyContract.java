package dev.fettle.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.core.idempotency.Idempotency.Request;
import dev.fettle.core.idempotency.Idempotency.Response;
import dev.fettle.core.idempotency.Idempotency.Start;
import dev.fettle.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every [Idempotency] does. An implementation's test extends this and says how to make one.
public abstract class IdempotencyContract {
    private static final Request REQUEST = request("usr_ann", "key one");
    private static final Response RESPONSE = new Response(201, "application/json", "{\"id\":\"run_1\",\"ü\":1}");

    protected final SettableClock clock = new SettableClock();

    /// The port under test, without requests at first and timed by [#clock].
    protected abstract Idempotency idempotency();

    private static Request request(String user, String key) {
        return new Request(user, key, "fingerprint", Duration.ofMinutes(1));
    }

    private Start begin() {
        return idempotency().begin(REQUEST);
    }

    private Start.Begun begun() {
        return begun(REQUEST);
    }

    private Start.Begun begun(Request request) {
        Start.Begun begun = assertInstanceOf(Start.Begun.class, idempotency().begin(request));
        assertEquals(request, begun.request());
        return begun;
    }

    @Test
    void whoeverAsksAgainGetsTheFirstResponse() {
        idempotency().finish(begun(), RESPONSE);

        assertEquals(new Start.Replay(RESPONSE), begin());
        assertEquals(new Start.Replay(RESPONSE), begin());
    }

    @Test
    void aFailureIsAResponseToo() {
        Response failure = new Response(500, "application/problem+json", "");
        idempotency().finish(begun(), failure);

        assertEquals(new Start.Replay(failure), begin());
    }

    @Test
    void whatIsBeingDoneIsNotBegunAgain() {
        Start.Begun begun = begun();

        assertEquals(new Start.InProgress(), begin());

        idempotency().finish(begun, RESPONSE);
        assertEquals(new Start.Replay(RESPONSE), begin());
    }

    @Test
    void aKeyUsedForAnotherRequestIsTold() {
        Request other = new Request("usr_ann", "key one", "another", Duration.ofMinutes(1));
        Start.Begun begun = begun();
        assertEquals(new Start.Mismatch(), idempotency().begin(other));

        idempotency().finish(begun, RESPONSE);

        assertEquals(new Start.Mismatch(), idempotency().begin(other));
    }

    @Test
    void keysAreAUsersOwn() {
        idempotency().finish(begun(), RESPONSE);

        begun(request("usr_bob", "key one"));
        begun(request("usr_ann", "KEY ONE"));
    }

    @Test
    void whatIsAbandonedCanBeBegunAgain() {
        idempotency().abandon(begun());

        begun();
    }

    @Test
    void whatIsFinishedCannotBeAbandoned() {
        Start.Begun begun = begun();
        idempotency().finish(begun, RESPONSE);

        idempotency().abandon(begun);

        assertEquals(new Start.Replay(RESPONSE), begin());
    }

    @Test
    void whatTakesLongerThanItMayLapses() {
        Start.Begun late = begun();
        clock.advance(Duration.ofMinutes(1).minusMillis(1));
        assertEquals(new Start.InProgress(), begin());
        clock.advance(Duration.ofMillis(1));

        Start.Begun again = begun();

        idempotency().finish(late, new Response(200, "text/plain", "too late"));
        idempotency().abandon(late);
        assertEquals(new Start.InProgress(), begin());
        idempotency().finish(again, RESPONSE);
        assertEquals(new Start.Replay(RESPONSE), begin());
    }

    @Test
    void whatHasLapsedAndWasNotBegunAgainIsStillFinished() {
        Start.Begun late = begun();
        clock.advance(Duration.ofHours(1));

        idempotency().finish(late, RESPONSE);

        assertEquals(new Start.Replay(RESPONSE), begin());
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        idempotency().finish(begun(), RESPONSE);
        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertEquals(new Start.Replay(RESPONSE), begin());

        clock.advance(Duration.ofMillis(1));

        begun(new Request("usr_ann", "key one", "another", Duration.ofMinutes(1)));
    }

    @Test
    void theCleanUpRemovesWhatIsForgotten() {
        idempotency().finish(begun(), RESPONSE);
        begun(request("usr_ann", "never finished"));
        clock.advance(Duration.ofHours(1));
        Request young = request("usr_ann", "young");
        idempotency().finish(begun(young), RESPONSE);
        clock.advance(Duration.ofHours(23));

        assertEquals(2, idempotency().dropExpired());

        assertEquals(new Start.Replay(RESPONSE), idempotency().begin(young));
    }

    @Test
    void ofManyWhoSendTheSameAtTheSameMomentOneDoesIt() throws InterruptedException {
        List<Object> starts = Together.ask(20, _ -> begin());

        assertEquals(1, starts.stream().filter(Start.Begun.class::isInstance).count(), starts::toString);
        assertEquals(19, starts.stream().filter(new Start.InProgress()::equals).count(), starts::toString);
    }

    @Test
    void ofManyWhoFindItLapsedOneDoesIt() throws InterruptedException {
        begun();
        clock.advance(Duration.ofHours(1));

        List<Object> starts = Together.ask(20, _ -> begin());

        assertEquals(1, starts.stream().filter(Start.Begun.class::isInstance).count(), starts::toString);
        assertEquals(19, starts.stream().filter(new Start.InProgress()::equals).count(), starts::toString);
    }

    @Test
    void whatCannotBeKeptIsRefusedInWords() {
        assertSays("An idempotency key may not be empty.", () -> request("usr_ann", ""));
        assertSays(
                "An idempotency key may have 255 characters at most; this has 256. Shorten it.",
                () -> request("usr_ann", "x".repeat(256)));
        assertSays(
                "A response that can be given again may have 1000000 characters at most; this has 1000001. Shorten it.",
                () -> new Response(200, "text/plain", "x".repeat(1_000_001)));
        assertSays("A request takes some time, not PT0S", () -> new Request("usr_ann", "key", "print", Duration.ZERO));
        Stream.of("'; drop table idempotency; --", "%", "ключ", "😀").forEach(key -> begun(request("usr_ann", key)));
    }

    private static void assertSays(String words, Runnable action) {
        assertEquals(
                words, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
