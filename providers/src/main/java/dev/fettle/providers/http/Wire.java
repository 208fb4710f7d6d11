package dev.fettle.providers.http;

import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.providers.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The one owner of the connections to model APIs, shared by all providers and closed at the end of the
/// process: a client left alive keeps the JVM from ending for 300 ms. A client is made at the first call.
///
/// A call blocks its thread. Interrupting the thread closes the connection at once, also while the server is
/// silent in the middle of an answer.
public final class Wire implements AutoCloseable {
    private static final int OK = 200;
    private static final int MOST_ERROR_BYTES = 16_384;
    private static final int MOST_ANSWER_BYTES = 32 * 1024 * 1024;
    /// How long the end of a whole answer is waited for, so that its connection can be used again.
    private static final Duration LAST_BYTE = Duration.ofMillis(100);

    private final Timeouts timeouts;
    private final InstantSource clock;
    private final Map<String, HttpClient> clients = new HashMap<>();

    public Wire(Timeouts timeouts, InstantSource clock) {
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /// Posts a JSON body and folds the stream that answers it.
    ///
    /// @param path what follows the endpoint's base URL
    /// @param headers the dialect's own
    /// @throws InterruptedException when the calling thread is interrupted; the connection is closed
    /// @throws ModelException when there is no whole answer
    public ModelResponse exchange(
            Peer peer, String path, Map<String, String> headers, HttpRequest.BodyPublisher body, Answer answer)
            throws InterruptedException {
        long begun = System.nanoTime();
        HttpResponse<ArrivingBytes> response = send(peer, request(peer.endpoint(), path, headers, body));
        try (ArrivingBytes bytes = response.body()) {
            checkStatus(peer, response, begun);
            return fold(peer, answer, bytes, begun);
        } catch (HttpTimeoutException e) {
            throw peer.broken("went silent in the middle of its answer (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw peer.broken("lost the connection in the middle of its answer", e);
        }
    }

    /// Sees whether anything answers at an endpoint, whatever it says. No key is sent, and nothing is asked.
    ///
    /// @throws ModelException of kind `NETWORK` if nothing does
    public void reach(Peer peer) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(peer.endpoint().base())
                .timeout(timeouts.connect())
                .version(version(peer.endpoint()))
                .build();
        HttpResponse.BodyHandler<InputStream> unread = HttpResponse.BodyHandlers.ofInputStream();
        try (InputStream _ =
                client(peer.endpoint().scheme()).send(request, unread).body()) {
            // That it answers is all there is to know.
        } catch (IOException e) {
            throw peer.unreachable(e, new Timeouts(timeouts.connect(), timeouts.connect(), timeouts.idle()));
        }
    }

    /// Posts a JSON body that is answered with one.
    ///
    /// @param path what follows the endpoint's base URL
    /// @param headers the dialect's own
    /// @throws InterruptedException when the calling thread is interrupted; the connection is closed
    /// @throws ModelException when there is no whole answer
    public JsonNode ask(Peer peer, String path, Map<String, String> headers, HttpRequest.BodyPublisher body)
            throws InterruptedException {
        long begun = System.nanoTime();
        Map<String, String> all = new HashMap<>(headers);
        all.put("accept", "application/json");
        HttpResponse<ArrivingBytes> response = send(peer, request(peer.endpoint(), path, all, body));
        try (ArrivingBytes bytes = response.body()) {
            if (response.statusCode() != OK) {
                throw refused(peer, response, begun);
            }
            return Json.parse(text(bytes, MOST_ANSWER_BYTES, begun));
        } catch (IOException e) {
            throw peer.broken("lost the connection in the middle of its answer", e);
        } catch (JacksonException e) {
            throw peer.broken("sent what is not JSON", e);
        }
    }

    private HttpResponse<ArrivingBytes> send(Peer peer, HttpRequest request) throws InterruptedException {
        try {
            return client(peer.endpoint().scheme()).send(request, _ -> new ArrivingBytes());
        } catch (IOException e) {
            throw peer.unreachable(e, timeouts);
        }
    }

    private ModelResponse fold(Peer peer, Answer answer, ArrivingBytes bytes, long begun)
            throws IOException, InterruptedException {
        SseReader reader = new SseReader(() -> bytes.next(patience(begun)));
        while (true) {
            Optional<SseEvent> event = reader.next();
            if (event.isEmpty()) {
                return answer.response().orElseThrow(() -> peer.garbled("ended its answer before it was complete"));
            }
            try {
                if (answer.accept(event.get())) {
                    break;
                }
            } catch (JacksonException e) {
                throw peer.broken(
                        "sent what is not JSON: " + peer.quoted(event.get().data()), e);
            }
        }
        ModelResponse whole = answer.response().orElseThrow(() -> peer.garbled("ended its answer too early"));
        awaitEnd(bytes);
        return whole;
    }

    /// The answer is whole and paid for: nothing that happens here may lose it.
    private static void awaitEnd(ArrivingBytes bytes) {
        try {
            int pieces = 0;
            while (pieces < 16 && bytes.next(LAST_BYTE).isPresent()) {
                pieces++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The connection is not used again.
        }
    }

    private Duration patience(long begun) throws HttpTimeoutException {
        Duration left = timeouts.call().minusNanos(System.nanoTime() - begun);
        if (!left.isPositive()) {
            throw new HttpTimeoutException(
                    "not done after %d s".formatted(timeouts.call().toSeconds()));
        }
        return left.compareTo(timeouts.idle()) < 0 ? left : timeouts.idle();
    }

    private void checkStatus(Peer peer, HttpResponse<ArrivingBytes> response, long begun)
            throws IOException, InterruptedException {
        int status = response.statusCode();
        String type = response.headers().firstValue("content-type").orElse("");
        if (status != OK) {
            throw refused(peer, response, begun);
        }
        if (type.startsWith("text/html") || type.startsWith("application/json")) {
            throw peer.garbled("answered with %s instead of an event stream: %s; check the base URL, or"
                    .formatted(type, peer.quoted(text(response.body(), MOST_ERROR_BYTES, begun))));
        }
    }

    private ModelException refused(Peer peer, HttpResponse<ArrivingBytes> response, long begun)
            throws IOException, InterruptedException {
        return peer.answered(
                response.statusCode(),
                text(response.body(), MOST_ERROR_BYTES, begun),
                response.headers()
                        .firstValue("retry-after")
                        .flatMap(header -> RetryAfter.parse(header, clock.instant())));
    }

    private String text(ArrivingBytes body, int most, long begun) throws IOException, InterruptedException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (read.size() < most) {
            Optional<ByteBuffer> more = body.next(patience(begun));
            if (more.isEmpty()) {
                break;
            }
            byte[] bytes = new byte[more.get().remaining()];
            more.get().get(bytes);
            read.writeBytes(bytes);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    private HttpRequest request(
            Endpoint endpoint, String path, Map<String, String> headers, HttpRequest.BodyPublisher body) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("content-type", "application/json");
        all.put("accept", "text/event-stream");
        all.putAll(headers);
        all.putAll(endpoint.headers());
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(timeouts.call())
                .version(version(endpoint))
                .POST(body);
        all.forEach(request::header);
        return request.build();
    }

    /// Some local servers stumble over the offer to upgrade an unencrypted connection to HTTP/2.
    private static HttpClient.Version version(Endpoint endpoint) {
        return endpoint.scheme().equals("http") ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
    }

    private synchronized HttpClient client(String scheme) {
        return clients.computeIfAbsent(scheme, _ -> {
            HttpClient.Builder client =
                    HttpClient.newBuilder().connectTimeout(timeouts.connect()).executor(Thread::startVirtualThread);
            return (scheme.equals("http") ? client.sslContext(trustingNobody()) : client).build();
        });
    }

    /// Without a context of its own, a client reads all the world's root certificates when it is made; one that never
    /// encrypts, as for a local model, need not pay for that at every start.
    private static SSLContext trustingNobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS", e);
        }
    }

    /// Abandons all calls under way.
    @Override
    public synchronized void close() {
        clients.values().forEach(HttpClient::shutdownNow);
        clients.clear();
    }
}
