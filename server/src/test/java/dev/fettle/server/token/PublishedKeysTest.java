package dev.fettle.server.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.fettle.server.problem.ProblemException;
import dev.fettle.testkit.SettableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PublishedKeysTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final SettableClock clock = new SettableClock();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile JWKSet published = keys("one");
    private volatile boolean isAway;
    private final PublishedKeys keys = new PublishedKeys(this::load, clock, LONG);

    private static JWKSet keys(String... names) {
        return new JWKSet(Stream.of(names).map(PublishedKeysTest::key).toList());
    }

    private static JWK key(String name) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(name).generate().toPublicJWK();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private JWKSet load() throws IOException {
        asked.incrementAndGet();
        if (isAway) {
            throw new IOException("away");
        }
        return published;
    }

    private boolean knows(String name) {
        return keys.find(Optional.of(name)).isPresent();
    }

    @Test
    void keysAreAskedForOnceAndAKeyThatIsNotKnownEveryHalfMinuteAtMost() {
        assertEquals(0, asked.get(), "nobody is asked before a token comes");
        assertTrue(knows("one"));
        assertTrue(knows("one"));
        published = keys("one", "two");
        for (int i = 0; i < 100; i++) {
            assertFalse(knows("made up " + i));
        }
        assertFalse(knows("two"));
        assertEquals(1, asked.get());
        clock.advance(Duration.ofSeconds(30));
        assertTrue(knows("two"));
        assertFalse(knows("made up"));
        assertEquals(2, asked.get());
    }

    @Test
    void keysThatAreOldAreAskedForAnewAndTakenMeanwhile() {
        assertTrue(knows("one"));
        published = keys("two");
        clock.advance(Duration.ofMinutes(15));
        assertTrue(knows("one"), "nobody waits for it");
        while (asked.get() < 2 || knows("one")) {
            Thread.onSpinWait();
        }
        assertTrue(knows("two"));
    }

    @Test
    void whileTheProviderIsAwayKnownKeysStayGood() {
        assertTrue(knows("one"));
        isAway = true;
        for (int hour = 0; hour < 48; hour++) {
            clock.advance(Duration.ofHours(1));
            assertTrue(knows("one"));
            assertFalse(knows("two"));
        }
        isAway = false;
        published = keys("two");
        clock.advance(Duration.ofSeconds(30));
        assertTrue(knows("two"));
    }

    @Test
    void withoutAnyKeysNothingCanBeSaidOfAToken() {
        isAway = true;
        ProblemException away = assertThrows(ProblemException.class, () -> knows("one"));
        assertEquals(503, away.problem().status());
        isAway = false;
        clock.advance(Duration.ofSeconds(30));
        assertTrue(knows("one"));
    }

    @Test
    void withoutANameTheOnlyKeyIsMeant() {
        assertTrue(keys.find(Optional.empty()).isPresent());
        published = keys("one", "two");
        clock.advance(Duration.ofSeconds(30));
        assertTrue(knows("two"));
        assertTrue(keys.find(Optional.empty()).isEmpty());
    }

    @Test
    void aProviderThatNeverEndsIsGivenUp() {
        CountDownLatch isInterrupted = new CountDownLatch(1);
        PublishedKeys slow = new PublishedKeys(
                () -> {
                    asked.incrementAndGet();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        isInterrupted.countDown();
                    }
                    throw new IOException("broken off");
                },
                clock,
                Duration.ofMillis(50));
        assertThrows(ProblemException.class, () -> slow.find(Optional.of("one")));
        assertDoesCountDown(isInterrupted);
        assertEquals(1, asked.get());
    }

    private static void assertDoesCountDown(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoHangsUpDoesNotBreakTheAskingOff() throws InterruptedException {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        PublishedKeys slow = new PublishedKeys(
                () -> {
                    asked.incrementAndGet();
                    assertDoesCountDown(mayAnswer);
                    return published;
                },
                clock,
                LONG);
        Thread gone = Thread.ofVirtual().start(() -> slow.find(Optional.of("one")));
        while (asked.get() == 0) {
            Thread.onSpinWait();
        }
        gone.interrupt();
        gone.join();
        mayAnswer.countDown();
        assertTrue(slow.find(Optional.of("one")).isPresent());
        assertEquals(1, asked.get());
    }

    @Test
    void manyAtOnceAskOnce() {
        List<CompletableFuture<Boolean>> all = IntStream.range(0, 50)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> knows("one")))
                .toList();
        assertTrue(all.stream().allMatch(CompletableFuture::join));
        assertEquals(1, asked.get());
    }

    @Test
    void keysComeOverHttpWhenTheyAreKeysAndNotTooMany() throws IOException {
        assertTrue(served(published.toString()).find(Optional.of("one")).isPresent());
        String tooLong = "{\"keys\":[],\"x\":\"%s\"}".formatted("x".repeat(300_000));
        for (String wrong : List.of("", "nonsense", "[]", "{\"keys\":7}", "{\"keys\":[{\"kty\":\"EC\"}]}", tooLong)) {
            assertThrows(ProblemException.class, () -> served(wrong).find(Optional.of("one")), wrong);
        }
    }

    private PublishedKeys served(String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
            server.stop(0);
        });
        server.start();
        return PublishedKeys.at(
                URI.create(
                        "http://127.0.0.1:%d/keys".formatted(server.getAddress().getPort())),
                clock);
    }
}
