package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.server.wire.Bounds;
import dev.fettle.server.wire.Patience;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Clients that take their time, or leave.
class SlowClientTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private static Options patience(Duration idle, Duration head, Duration body, Duration write) {
        return Options.on("127.0.0.1", 0).with(new Patience(idle, head, body, write));
    }

    /// Sends a byte whenever the server has not hung up, as fast as it is read: no pause between two bytes is long.
    private static int trickle(RawClient client, String endless) throws IOException {
        client.socket.setSoTimeout(20);
        for (int i = 0; i < 1_000; i++) {
            client.send(endless);
            try {
                int status = client.receive().status();
                client.socket.setSoTimeout(5_000);
                return status;
            } catch (SocketTimeoutException e) {
                // Not yet.
            }
        }
        return 0;
    }

    @Test
    void aHeadThatTricklesInIsCutOff() throws IOException {
        try (Workshop workshop = new Workshop(patience(LONG, SHORT, LONG, LONG));
                RawClient client = new RawClient(workshop.port())) {
            client.send("GET /open HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            assertEquals(408, trickle(client, "a"));
            assertTrue(client.isClosed());
        }
    }

    @Test
    void aBodyThatTricklesInIsCutOff() throws IOException {
        try (Workshop workshop = new Workshop(patience(LONG, LONG, SHORT, LONG));
                RawClient client = new RawClient(workshop.port())) {
            client.send(RawClient.request("POST /orders", "Content-Type: application/json", "Content-Length: 100000"));
            assertEquals(408, trickle(client, " "));
        }
    }

    @Test
    void aConnectionWithoutRequestsIsClosed() throws IOException {
        try (Workshop workshop = new Workshop(patience(SHORT, LONG, LONG, LONG));
                RawClient silent = new RawClient(workshop.port());
                RawClient once = new RawClient(workshop.port())) {
            once.send(RawClient.request("GET /open"));
            assertEquals(200, once.receive().status());
            assertTrue(once.isClosed());
            assertTrue(silent.isClosed());
        }
    }

    @Test
    void anAnswerThatNobodyTakesIsGivenUp() throws IOException {
        Options options = patience(LONG, LONG, LONG, Duration.ofSeconds(1)).with(new Bounds(1_000, 8_000, 1_000, 1));
        try (Workshop workshop = new Workshop(options);
                RawClient greedy = new RawClient(workshop.port())) {
            greedy.send(RawClient.request("GET /large"));
            assertEquals(200, greedy.receiveHead().status());
            assertEquals(200, workshop.get("/open").status(), "the only connection is free again");
        }
    }

    @Test
    void noMoreThanSoManyConnectionsAreServed() throws IOException {
        Options options = Options.on("127.0.0.1", 0).with(new Bounds(1_000, 8_000, 1_000, 3));
        try (Workshop workshop = new Workshop(options)) {
            List<RawClient> holders = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RawClient holder = new RawClient(workshop.port());
                holder.send(RawClient.request("GET /open"));
                assertEquals(200, holder.receive().status());
                holders.add(holder);
            }
            try (RawClient fourth = new RawClient(workshop.port())) {
                fourth.send(RawClient.request("GET /open"));
                fourth.socket.setSoTimeout(200);
                assertFalse(fourth.isClosed(), "it waits");
                fourth.socket.setSoTimeout(5_000);
                holders.getFirst().close();
                assertEquals(200, fourth.receive().status());
            }
            holders.forEach(RawClient::close);
        }
    }

    @Test
    void workForAClientThatHangsUpIsInterrupted() throws Exception {
        try (Workshop workshop = new Workshop()) {
            try (RawClient client = new RawClient(workshop.port())) {
                client.send(RawClient.request("GET /slow"));
                assertTrue(workshop.isInside.await(5, TimeUnit.SECONDS));
            }
            assertTrue(workshop.isInterrupted.await(5, TimeUnit.SECONDS));
            assertEquals(200, workshop.get("/open").status());
        }
    }
}
