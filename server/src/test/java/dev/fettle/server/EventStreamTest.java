package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.server.sse.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static Options pace(Duration heartbeat, Duration write) {
        return Options.on("127.0.0.1", 0).with(new Pace(heartbeat, write));
    }

    private static RawClient listen(Workshop workshop, String... headers) throws IOException {
        RawClient client = new RawClient(workshop.port());
        client.send(RawClient.request("GET /events", headers));
        RawClient.Response head = client.receiveHead();
        assertEquals(200, head.status());
        assertEquals(Optional.of("text/event-stream"), head.header("Content-Type"));
        assertEquals(Optional.of("no-store"), head.header("Cache-Control"));
        assertEquals("retry: 2000", field(client));
        return client;
    }

    /// The next line of the stream that is neither empty nor the size of a chunk.
    private static String field(RawClient client) throws IOException {
        String line = client.line();
        while (!line.contains(":")) {
            line = client.line();
        }
        return line;
    }

    private static List<String> fields(RawClient client, int count) throws IOException {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fields.add(field(client));
        }
        return fields;
    }

    @Test
    void tellsWhatWasMissedAndThenWhatComes() throws Exception {
        try (Workshop workshop = new Workshop()) {
            workshop.bulletin.post("one");
            workshop.bulletin.post("two\nlines");
            try (RawClient client = listen(workshop, "Last-Event-ID: 1")) {
                assertEquals(List.of("id: 2", "event: note", "data: two", "data: lines"), fields(client, 4));
                workshop.bulletin.post("three");
                assertEquals(List.of("id: 3", "event: note", "data: three"), fields(client, 3));
                workshop.bulletin.end();
            }
        }
    }

    @Test
    void theStreamEndsWithItsSource() throws Exception {
        try (Workshop workshop = new Workshop();
                RawClient client = listen(workshop)) {
            workshop.bulletin.awaitReaders(1);
            workshop.bulletin.post("last");
            workshop.bulletin.end();
            assertEquals(List.of("id: 1", "event: note", "data: last"), fields(client, 3));
            List<String> rest = new ArrayList<>();
            for (String line = client.line(); !line.equals("0"); line = client.line()) {
                rest.add(line);
            }
            assertEquals(List.of("", ""), rest, "nothing but line ends before the last chunk");
            workshop.bulletin.awaitReaders(0);
        }
    }

    @Test
    void aQuietStreamHasAHeartbeat() throws Exception {
        try (Workshop workshop = new Workshop(pace(Duration.ofMillis(50), LONG));
                RawClient client = listen(workshop)) {
            assertEquals(List.of(":", ":", ":"), fields(client, 3));
        }
    }

    @Test
    void aClientThatHangsUpIsForgottenAtOnce() throws Exception {
        try (Workshop workshop = new Workshop(pace(LONG, LONG))) {
            RawClient client = listen(workshop);
            workshop.bulletin.awaitReaders(1);
            client.close();
            workshop.bulletin.awaitReaders(0);
        }
    }

    @Test
    void aClientThatDoesNotReadIsCutOffAndNobodyWaitsForIt() throws Exception {
        try (Workshop workshop = new Workshop(pace(LONG, Duration.ofMillis(500)));
                RawClient idle = listen(workshop);
                RawClient keen = listen(workshop, "X-Request-Id: keen")) {
            workshop.bulletin.awaitReaders(2);
            String large = "x".repeat(200_000);
            // Far more than the sockets hold; the keen client keeps up.
            for (int i = 1; i <= 200; i++) {
                workshop.bulletin.post(large);
                assertEquals("id: " + i, fields(keen, 3).getFirst());
            }
            workshop.bulletin.awaitReaders(1);
            assertTrue(idle.socket.isConnected());
            try (RawClient again = listen(workshop, "Last-Event-ID: 199")) {
                assertEquals("id: 200", fields(again, 3).getFirst());
            }
        }
    }

    @Test
    void manyListenersHearTheSame() throws Exception {
        try (Workshop workshop = new Workshop()) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                clients.add(listen(workshop));
            }
            workshop.bulletin.awaitReaders(50);
            workshop.bulletin.post("all");
            for (RawClient client : clients) {
                assertEquals(List.of("id: 1", "event: note", "data: all"), fields(client, 3));
                client.close();
            }
            workshop.bulletin.awaitReaders(0);
        }
    }
}
