package dev.fettle.server;

import dev.fettle.core.limit.SharedCells;
import dev.fettle.core.monitor.Monitor;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.exchange.RequestHead;
import dev.fettle.server.gate.Authenticator;
import dev.fettle.server.json.MaxLength;
import dev.fettle.server.route.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// A server whose routes only try out what every request passes.
final class Workshop implements AutoCloseable {
    static final String SECRET = "the-engine-room";

    final Bulletin bulletin = new Bulletin();
    final CountDownLatch isInside = new CountDownLatch(1);
    final CountDownLatch mayLeave = new CountDownLatch(1);
    final CountDownLatch isInterrupted = new CountDownLatch(1);
    final HttpServer server;

    enum Colour {
        RED,
        GREEN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record View(String id, Optional<String> view) {}

    record Item(String name, Optional<Colour> colour) {}

    record Order(
            String customer,
            int itemCount,
            Optional<String> note,
            Optional<List<Item>> items,
            @MaxLength(20) Optional<String> shortText,
            Optional<Double> weight,
            Optional<Map<String, Long>> stock) {
        Order {
            if (itemCount < 0) {
                throw new IllegalArgumentException("An order has no negative count; leave out what is not wanted.");
            }
        }
    }

    Workshop(Options options) throws IOException {
        server = HttpServer.start(options, routes(), new Keys(), Clock.systemUTC());
    }

    /// One of several replicas.
    Workshop(Options options, SharedCells cells, InstantSource clock) throws IOException {
        server = HttpServer.start(options, routes(), new Keys(), Optional.of(cells), clock, Monitor.NONE);
    }

    Workshop() throws IOException {
        this(Options.on("127.0.0.1", 0));
    }

    private List<Route> routes() {
        Access open = new Access.Open();
        return List.of(
                Route.get("/alive", open, _ -> Answer.json(Map.of("is_alive", true)))
                        .asProbe(),
                Route.get("/open", open, _ -> Answer.json(Map.of("is_open", true))),
                Route.post("/orders", open, request -> Answer.json(201, request.json(Order.class))),
                Route.get("/orders/{id}", open, Workshop::order),
                Route.get("/orders/latest", open, _ -> Answer.json(Map.of("id", "the latest"))),
                Route.delete("/orders/{id}", new Access.Scoped("orders:write"), _ -> Answer.empty(204)),
                Route.post("/archives", open, Workshop::archive),
                Route.get("/files/{path...}", open, request -> Answer.json(Map.of("path", request.value("path")))),
                Route.get("/me", new Access.SignedIn(), Workshop::me),
                Route.get("/events", open, _ -> Answer.events(bulletin)),
                Route.get("/my-events", new Access.SignedIn(), _ -> Answer.events(bulletin)),
                Route.get("/large", open, _ -> Answer.text("text/plain", "x".repeat(16 << 20))),
                Route.get("/broken", open, _ -> {
                    throw new IllegalStateException(SECRET);
                }),
                Route.get("/deep", open, _ -> Answer.json(deep(1))),
                Route.get("/slow", open, _ -> slow()));
    }

    private static Answer order(Request request) {
        return Answer.json(new View(request.value("id"), request.parameter("view")));
    }

    private static Answer archive(Request request) throws InterruptedException {
        try (InputStream body = request.body().stream()) {
            return Answer.json(Map.of("bytes", body.transferTo(OutputStream.nullOutputStream())));
        } catch (IOException e) {
            throw new InterruptedException("gone");
        }
    }

    private static Answer me(Request request) {
        return Answer.json(Map.of(
                "user",
                request.caller().orElseThrow().user(),
                "client",
                request.head().client()));
    }

    private Answer slow() throws InterruptedException {
        isInside.countDown();
        try {
            mayLeave.await();
        } catch (InterruptedException e) {
            isInterrupted.countDown();
            throw e;
        }
        return Answer.json(Map.of("done", true));
    }

    private static int deep(int depth) {
        return depth == 0 ? 0 : deep(depth + 1) + 1;
    }

    int port() {
        return server.port();
    }

    RawClient.Response get(String path, String... headers) throws IOException {
        return RawClient.exchange(port(), RawClient.request("GET " + path, headers));
    }

    RawClient.Response post(String path, String body, String... headers) throws IOException {
        return RawClient.exchange(port(), RawClient.post(path, body, headers));
    }

    @Override
    public void close() {
        mayLeave.countDown();
        server.close();
    }

    private static final class Keys implements Authenticator {
        @Override
        public Optional<Caller> authenticate(RequestHead head) {
            return switch (head.header("Authorization").orElse("")) {
                case "Bearer alices" -> Optional.of(new Caller("alice", Caller.Role.USER, Set.of("orders:write")));
                case "Bearer bobs" -> Optional.of(new Caller("bob", Caller.Role.USER, Set.of()));
                default -> Optional.empty();
            };
        }
    }
}
