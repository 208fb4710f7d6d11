package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("Reads the standard error stream")
class AccessLogTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    /// The lines of the access log, once the server has stopped and written them all; times and sizes as `#`. They
    /// are written after the answer, so those of two connections may change places.
    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("dev.fettle.server.access"))
                .map(line -> line.replaceFirst(".* - ", ""))
                .map(line -> line.replaceAll("(ms|bytes)=[0-9]+", "$1=#"))
                .map(line -> line.replaceAll("req_[0-9a-f]{32}", "req_#"))
                .sorted()
                .toList();
    }

    @Test
    void tellsWhatWasAskedAndNoSecrets() throws Exception {
        try (Workshop workshop = new Workshop()) {
            workshop.get("/orders/hunter2?key=hunter2", "X-Request-Id: mine", "X-Secret: hunter2");
            workshop.get("/me", "Authorization: Bearer alices");
            workshop.get("/hunter2\u001b[31m");
            workshop.post("/orders", "{\"customer\":\"hunter2\"}");
            RawClient.exchange(workshop.port(), RawClient.request("HUNTER2 /open"));
        }
        assertEquals(
                List.of(
                        "method=GET route=- status=400 ms=# bytes=# user=- request_id=req_# client=- answered",
                        "method=GET route=/me status=200 ms=# bytes=# user=alice request_id=req_# client=127.0.0.1 answered",
                        "method=GET route=/orders/{id} status=200 ms=# bytes=# user=- request_id=mine client=127.0.0.1 answered",
                        "method=OTHER route=/open status=405 ms=# bytes=# user=- request_id=req_# client=127.0.0.1 answered",
                        "method=POST route=/orders status=422 ms=# bytes=# user=- request_id=req_# client=127.0.0.1 answered"),
                lines());
        assertFalse(written.toString(StandardCharsets.UTF_8).contains("hunter2"));
    }

    @Test
    void tellsThatNobodyWaited() throws Exception {
        try (Workshop workshop = new Workshop()) {
            try (RawClient client = new RawClient(workshop.port())) {
                client.send(RawClient.request("GET /slow"));
                assertTrue(workshop.isInside.await(5, TimeUnit.SECONDS));
            }
            assertTrue(workshop.isInterrupted.await(5, TimeUnit.SECONDS));
        }
        assertEquals(
                List.of(
                        "method=GET route=/slow status=499 ms=# bytes=# user=- request_id=req_# client=127.0.0.1 cut=true not taken"),
                lines());
    }

    @Test
    void aBugIsLoggedOnceWithItsStack() throws Exception {
        try (Workshop workshop = new Workshop()) {
            workshop.get("/broken", "X-Request-Id: mine");
        }
        String log = written.toString(StandardCharsets.UTF_8);
        assertTrue(log.contains("GET /broken failed, request mine"), log);
        assertEquals(2, log.split(Workshop.SECRET, -1).length, log);
    }

    @Test
    void startingAndStoppingSaysNothing() throws Exception {
        new Workshop().close();
        assertEquals("", written.toString(StandardCharsets.UTF_8));
    }
}
