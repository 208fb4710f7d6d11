package dev.fettle.providers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.testkit.Answers;
import dev.fettle.testkit.SettableClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The wire against a server made of a bare socket, which sees the connection itself.
final class WireTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String DONE = "c\r\ndata: done\n\n\r\n0\r\n\r\n";

    private final Wire wire = new Wire(
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofMinutes(5)), new SettableClock());

    /// Whole at the event `done`.
    private static final class UntilDone implements Answer {
        private final CountDownLatch begun;
        private boolean isDone;

        UntilDone(CountDownLatch begun) {
            this.begun = begun;
        }

        @Override
        public boolean accept(SseEvent event) {
            begun.countDown();
            isDone = event.data().equals("done");
            return isDone;
        }

        @Override
        public Optional<ModelResponse> response() {
            return isDone ? Optional.of(Answers.text("done")) : Optional.empty();
        }
    }

    @Test
    void interruptionClosesTheConnectionWhileTheServerIsSilent() throws Exception {
        CompletableFuture<Integer> nextByte = new CompletableFuture<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (Socket socket = server.accept()) {
                    readRequest(socket);
                    send(socket, HEAD + "e\r\ndata: begun\n\n\r\n");
                    nextByte.complete(socket.getInputStream().read());
                } catch (IOException e) {
                    nextByte.complete(-1);
                }
            });
            CountDownLatch begun = new CountDownLatch(1);
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    call(server, new UntilDone(begun));
                } catch (InterruptedException e) {
                    // As asked.
                }
            });
            assertTrue(begun.await(20, TimeUnit.SECONDS));

            caller.interrupt();

            assertEquals(-1, nextByte.get(20, TimeUnit.SECONDS));
            assertTrue(caller.join(Duration.ofSeconds(20)));
        } finally {
            wire.close();
        }
    }

    @Test
    void theNextCallUsesTheSameConnection() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket socket = server.accept();
                        connections.incrementAndGet();
                        Thread.startVirtualThread(() -> answerAll(socket));
                    } catch (IOException e) {
                        return;
                    }
                }
            });

            for (int i = 0; i < 5; i++) {
                call(server, new UntilDone(new CountDownLatch(1)));
            }

            assertEquals(1, connections.get());
        } finally {
            wire.close();
        }
    }

    @Test
    void anUnknownHostIsANetworkFailureThatNamesIt() {
        ModelException failure = assertThrows(
                ModelException.class,
                () -> wire.exchange(
                        peer(URI.create("http://no-such-host.invalid")),
                        "/chat",
                        Map.of(),
                        BodyPublishers.ofString("{}"),
                        new UntilDone(new CountDownLatch(1))));
        wire.close();

        assertEquals(Kind.NETWORK, failure.kind());
        assertTrue(failure.getMessage().contains("no-such-host.invalid"), failure.getMessage());
    }

    @Test
    void whoAnswersAnythingIsThereAndWhoDoesNotIsNot() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<List<String>> asked = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try (Socket socket = server.accept()) {
                    asked.complete(new BufferedReader(
                                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                            .lines()
                            .takeWhile(line -> !line.isEmpty())
                            .toList());
                    send(socket, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 1000000\r\n\r\nNo");
                } catch (IOException e) {
                    asked.completeExceptionally(e);
                }
            });
            wire.reach(peer(base(server)));
            assertEquals("GET / HTTP/1.1", asked.get(20, TimeUnit.SECONDS).getFirst());
        }
        ModelException failure =
                assertThrows(ModelException.class, () -> wire.reach(peer(URI.create("http://127.0.0.1:1"))));
        wire.close();
        assertEquals(Kind.NETWORK, failure.kind());
    }

    @Test
    void theWholeCallHasALimitToo() throws Exception {
        Wire hurried = new Wire(
                new Timeouts(Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ofMinutes(5)),
                new SettableClock());
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            ModelException silent = assertThrows(
                    ModelException.class,
                    () -> hurried.exchange(
                            peer(base(server)),
                            "/chat",
                            Map.of(),
                            BodyPublishers.ofString("{}"),
                            new UntilDone(new CountDownLatch(1))));

            assertEquals(Kind.NETWORK, silent.kind());
            assertTrue(silent.getMessage().contains("did not begin to answer"), silent.getMessage());
        } finally {
            hurried.close();
        }
    }

    @Test
    void errorsOfEveryShapeAreUnderstood() {
        Peer peer = peer(URI.create("http://localhost:1"));
        for (String body : List.of(
                "{\"error\":{\"message\":\"boom\"}}",
                "{\"error\":\"boom\"}",
                "{\"message\":\"boom\"}",
                "{\"detail\":\"boom\"}",
                "boom")) {
            String message = peer.answered(500, body, Optional.empty()).getMessage();
            assertEquals("fake (localhost:1) answered 500: boom", message);
        }
        assertEquals(
                "fake (localhost:1) answered 500: nothing",
                peer.answered(500, "", Optional.empty()).getMessage());
        assertEquals(
                Kind.AUTH,
                peer.answered(
                                429,
                                "{\"error\":{\"message\":\"quota\",\"code\":\"insufficient_quota\"}}",
                                Optional.empty())
                        .kind());
    }

    @Test
    void googlesErrorsAreUnderstood() {
        Peer peer = peer(URI.create("http://localhost:1"));
        ModelException limited = peer.answered(429, """
                [{"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED","details":[\
                {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.07s"}]}}]""", Optional.empty());
        assertEquals(Kind.RATE_LIMITED, limited.kind());
        assertEquals(Optional.of(Duration.ofSeconds(35)), limited.retryAfter());
        assertEquals("fake (localhost:1) answered 429: Quota", limited.getMessage());
        ModelException wrongKey = peer.answered(
                400,
                "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\"}}",
                Optional.empty());
        assertEquals(Kind.AUTH, wrongKey.kind());
        assertTrue(wrongKey.getMessage().endsWith("; set FAKE_API_KEY"), wrongKey.getMessage());
        assertEquals(
                Kind.CONTEXT_TOO_LONG,
                peer.answered(
                                400,
                                "{\"error\":{\"message\":\"The input token count (9) exceeds the maximum number of tokens allowed (8).\"}}",
                                Optional.empty())
                        .kind());
    }

    @Test
    void anEndpointKeepsItsKeyToItself() {
        Endpoint endpoint = new Endpoint(URI.create("https://api.example.com/v1//"), Optional.of(" sk-1 "), "set KEY");

        assertEquals(Optional.of("sk-1"), endpoint.key());
        assertFalse(endpoint.toString().contains("sk-1"));
        assertEquals(URI.create("https://api.example.com/v1/chat"), endpoint.resolve("/chat"));
        IllegalArgumentException broken = assertThrows(
                IllegalArgumentException.class,
                () -> new Endpoint(URI.create("https://api.example.com"), Optional.of("sk\n1"), "set KEY"));
        assertFalse(String.valueOf(broken.getMessage()).contains("sk\n1"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Endpoint(URI.create("api.example.com"), Optional.empty(), "set KEY"));
    }

    private void call(ServerSocket server, Answer answer) throws InterruptedException {
        wire.exchange(peer(base(server)), "/chat", Map.of(), BodyPublishers.ofString("{}"), answer);
    }

    private static URI base(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private static Peer peer(URI base) {
        return new Peer(
                new Endpoint(base, Optional.empty(), "set FAKE_API_KEY"),
                new Model("fake", "fake-1", 1_000, 100, Optional.empty()));
    }

    private static void answerAll(Socket socket) {
        try (socket) {
            while (readRequest(socket)) {
                send(socket, HEAD + DONE);
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /// Reads up to the two bytes of the body.
    private static boolean readRequest(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return in.read() == '{' && in.read() == '}';
            }
        }
        return false;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
