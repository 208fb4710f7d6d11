package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.monitor.Occurrence;
import dev.fettle.core.monitor.Occurrence.Requested;
import dev.fettle.core.monitor.Occurrence.Served;
import dev.fettle.server.api.RequestTypes;
import dev.fettle.server.api.state.MetricsRoutes;
import dev.fettle.server.exchange.Access;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class MonitoringTest {
    private final BlockingQueue<Occurrence> told = new LinkedBlockingQueue<>();

    private static Served served(String method, String endpoint, int status, Optional<String> run) {
        return new Served(method, endpoint, status, Duration.ofSeconds(1), run, false);
    }

    private static Requested requested(String type, String status) {
        return new Requested(type, status, Duration.ofSeconds(1));
    }

    @Test
    void everyRequestIsTold() throws Exception {
        MetricsRoutes metrics = new MetricsRoutes(new Access.Open(), "text/plain", () -> "up 1\n");
        try (HttpServer server = HttpServer.start(
                Options.on("127.0.0.1", 0),
                metrics.list(),
                _ -> Optional.empty(),
                Optional.empty(),
                Clock.systemUTC(),
                told::add)) {
            assertEquals("up 1\n", get(server, "/metrics").body());
            get(server, "/no{where}");
            assertEquals(0, server.streams());
        }
        assertEquals(List.of("GET /metrics 200", "GET - 400"), List.of(next(), next()));
    }

    private String next() throws InterruptedException {
        return told.take() instanceof Served served
                ? "%s %s %d".formatted(served.method(), served.endpoint(), served.status())
                : "something else";
    }

    private static RawClient.Response get(HttpServer server, String path) throws IOException {
        return RawClient.exchange(server.port(), RawClient.request("GET " + path));
    }

    @Test
    void whatTheAgentIsAskedForIsToldBesides() {
        RequestTypes types = new RequestTypes(told::add);
        List<Served> requests = List.of(
                served("POST", "/chat/{session_id}", 200, Optional.of("completed")),
                served("POST", "/api/v1/generate", 200, Optional.of("limit_steps")),
                served("POST", "/api/v1/runs", 202, Optional.of("queued")),
                served("POST", "/api/v1/understand", 429, Optional.empty()),
                served("POST", "/api/v1/debug", 503, Optional.empty()),
                served("POST", "/chat", 499, Optional.of("running")),
                served("GET", "/chat/{session_id}", 200, Optional.empty()),
                served("POST", "/api/v1/users", 201, Optional.empty()));
        requests.forEach(types::tell);
        assertEquals(
                List.of(
                        requested("chat", "completed"),
                        requested("generate", "limit_steps"),
                        requested("run", "accepted"),
                        requested("understand", "refused"),
                        requested("debug", "failed"),
                        requested("chat", "cancelled")),
                told.stream().filter(Requested.class::isInstance).toList());
        assertEquals(requests, told.stream().filter(Served.class::isInstance).toList());
    }
}
