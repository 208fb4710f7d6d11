package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.server.gate.Seats;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams of events last, so who may have them is counted.
@Timeout(30)
class StreamLimitTest {
    private static final String ALICE = "Authorization: Bearer alices";
    private static final String BOB = "Authorization: Bearer bobs";

    private Workshop workshop;

    @BeforeEach
    void open() throws IOException {
        workshop = new Workshop(
                Options.on("127.0.0.1", 0).with(new Seats(2, 3)).with(Options.Rates.perMinute(100_000, 100_000)));
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private RawClient listen(String path, String... headers) throws IOException {
        RawClient client = new RawClient(workshop.port());
        client.send(RawClient.request("GET " + path, headers));
        assertEquals(200, client.receiveHead().status());
        return client;
    }

    @Test
    void oneMoreOfAUserIsToldToComeBack() throws Exception {
        try (RawClient _ = listen("/my-events", ALICE)) {
            try (RawClient _ = listen("/my-events", ALICE)) {
                RawClient.Response third = workshop.get("/my-events", ALICE);
                assertEquals(429, third.status());
                assertEquals(Optional.of("10"), third.header("Retry-After"));
                assertEquals(200, workshop.get("/me", ALICE).status());
                try (RawClient _ = listen("/my-events", BOB)) {
                    assertEquals(429, workshop.get("/my-events", BOB).status());
                    assertEquals(429, workshop.get("/events").status(), "the unknown take seats too");
                    assertEquals(200, workshop.get("/open").status());
                }
            }
            comesToPass();
        }
    }

    /// That a client has gone is seen a moment later.
    private void comesToPass() throws IOException {
        while (true) {
            try (RawClient client = new RawClient(workshop.port())) {
                client.send(RawClient.request("GET /my-events", ALICE));
                if (client.receiveHead().status() == 200) {
                    return;
                }
            }
        }
    }

    @Test
    void whoComesAndGoesTakesNothingAway() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (RawClient client = new RawClient(workshop.port())) {
                client.send(RawClient.request("GET /my-events", ALICE));
            }
            assertEquals(
                    200,
                    RawClient.exchange(workshop.port(), RawClient.request("GET /me", ALICE))
                            .status());
        }
        workshop.bulletin.awaitReaders(0);
        comesToPass();
    }

    @Test
    void askingForTheHeadTakesNoSeat() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (RawClient client = new RawClient(workshop.port())) {
                client.send(RawClient.request("HEAD /my-events", ALICE));
                assertEquals(200, client.receiveHead().status());
            }
        }
        try (RawClient client = listen("/my-events", ALICE)) {
            assertTrue(client.line().endsWith("retry: 2000") || !client.isClosed());
        }
    }

    @Test
    void aSeatIsForSomebody() {
        assertThrows(IllegalArgumentException.class, () -> new Seats(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Seats(1, 0));
    }
}
