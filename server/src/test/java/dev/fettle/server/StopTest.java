package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopTest {
    private static FutureTask<Boolean> stopping(Workshop workshop) {
        FutureTask<Boolean> stop = new FutureTask<>(workshop.server::stop);
        Thread.ofVirtual().start(stop);
        return stop;
    }

    /// The stop is on its way as soon as somebody is turned away.
    private static RawClient.Response turnedAway(Workshop workshop) throws IOException {
        RawClient.Response response = workshop.get("/open");
        while (response.status() == 200) {
            response = workshop.get("/open");
        }
        return response;
    }

    @Test
    void thoseInsideFinishAndOthersAreTurnedAway() throws Exception {
        try (Workshop workshop = new Workshop();
                RawClient inside = new RawClient(workshop.port())) {
            inside.send(RawClient.request("GET /slow"));
            assertTrue(workshop.isInside.await(5, TimeUnit.SECONDS));
            FutureTask<Boolean> stop = stopping(workshop);
            RawClient.Response response = turnedAway(workshop);
            assertEquals(503, response.status());
            assertEquals(Optional.of("5"), response.header("Retry-After"));
            assertEquals(Optional.of("close"), response.header("Connection"));
            workshop.mayLeave.countDown();
            assertEquals(200, inside.receive().status());
            assertTrue(stop.get(5, TimeUnit.SECONDS), "nobody was interrupted");
            assertThrows(IOException.class, () -> workshop.get("/open"));
        }
    }

    @Test
    void whoTakesLongerThanTheGraceIsInterrupted() throws Exception {
        try (Workshop workshop = new Workshop(Options.on("127.0.0.1", 0).with(Duration.ofMillis(50)));
                RawClient inside = new RawClient(workshop.port())) {
            inside.send(RawClient.request("GET /slow"));
            assertTrue(workshop.isInside.await(5, TimeUnit.SECONDS));
            assertFalse(workshop.server.stop());
            assertTrue(workshop.isInterrupted.await(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void listenersAreToldToComeBack() throws Exception {
        try (Workshop workshop = new Workshop();
                RawClient client = new RawClient(workshop.port())) {
            client.send(RawClient.request("GET /events"));
            assertEquals(200, client.receiveHead().status());
            workshop.bulletin.awaitReaders(1);
            FutureTask<Boolean> stop = stopping(workshop);
            String line = client.line();
            while (!line.equals("event: closing")) {
                line = client.line();
            }
            assertEquals("data: {\"reason\":\"shutdown\"}", client.line());
            assertTrue(stop.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void idleConnectionsDoNotHoldItUp() throws Exception {
        try (Workshop workshop = new Workshop();
                RawClient client = new RawClient(workshop.port())) {
            client.send(RawClient.request("GET /open"));
            assertEquals(200, client.receive().status());
            assertTrue(stopping(workshop).get(5, TimeUnit.SECONDS));
            assertTrue(client.isClosed());
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() throws IOException {
        try (Workshop workshop = new Workshop()) {
            IOException taken = assertThrows(
                    IOException.class, () -> new Workshop(Options.on("127.0.0.1", workshop.port())).close());
            assertEquals(
                    "Cannot listen on 127.0.0.1 port %d: Address already in use".formatted(workshop.port()),
                    taken.getMessage());
        }
    }
}
