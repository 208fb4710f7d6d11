package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.route.Route;
import dev.fettle.server.route.Routes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private static Workshop workshop;

    @BeforeAll
    static void open() throws IOException {
        workshop = new Workshop();
    }

    @AfterAll
    static void close() {
        workshop.close();
    }

    @Test
    void namesInPatternsAreDecoded() throws IOException {
        assertEquals(
                "{\"id\":\"für 1\",\"view\":\"a b&c\"}",
                workshop.get("/orders/f%C3%BCr%201?x=&view=a+b%26c").body());
    }

    @Test
    void aWordWinsOverAName() throws IOException {
        assertEquals("{\"id\":\"the latest\"}", workshop.get("/orders/latest").body());
    }

    @Test
    void theOtherMethodsAreNamed() throws IOException {
        RawClient.Response wrong = RawClient.exchange(workshop.port(), RawClient.post("/orders/1", "{}"));
        assertEquals(405, wrong.status());
        assertEquals(Optional.of("DELETE, GET, HEAD, OPTIONS"), wrong.header("Allow"));
        RawClient.Response options = RawClient.exchange(workshop.port(), RawClient.request("OPTIONS /orders"));
        assertEquals(204, options.status());
        assertEquals(Optional.of("OPTIONS, POST"), options.header("Allow"));
    }

    @Test
    void headIsGetWithoutTheBody() throws IOException {
        for (String path : List.of("/open", "/events")) {
            try (RawClient client = new RawClient(workshop.port())) {
                client.send(RawClient.request("HEAD " + path, "Connection: close"));
                assertEquals(200, client.receiveHead().status());
                assertEquals(true, client.isClosed(), "nothing follows");
            }
        }
    }

    @Test
    void theSameRouteTwiceIsAMistake() {
        Handler handler = _ -> Answer.empty(204);
        Route route = Route.get("/a/{b}", new Access.Open(), handler);
        assertThrows(IllegalArgumentException.class, () -> new Routes(List.of(route, route)));
        assertThrows(IllegalArgumentException.class, () -> Route.get("a", new Access.Open(), handler));
    }

    @Test
    void connectionsAreUsedAgainAndRequestsMayQueueOnThem() throws IOException {
        try (RawClient client = new RawClient(workshop.port())) {
            client.send(RawClient.request("GET /open")
                    + RawClient.post("/orders", "{\"customer\":\"a\",\"item_count\":1}")
                    + RawClient.request("GET /nothing")
                    + RawClient.request("GET /ope").substring(0, 8));
            assertEquals(200, client.receive().status());
            assertEquals(201, client.receive().status());
            assertEquals(404, client.receive().status());
            client.send("n HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals(200, client.receive().status());
        }
    }

    @Test
    void aBodyThatNobodyReadIsNotTakenForARequest() throws IOException {
        try (RawClient client = new RawClient(workshop.port())) {
            String smuggled = RawClient.request("GET /broken");
            client.send(RawClient.post("/nothing", smuggled) + RawClient.request("GET /open"));
            assertEquals(404, client.receive().status());
            assertEquals(200, client.receive().status());
        }
    }

    @Test
    void whoWantsTheConnectionClosedGetsItClosed() throws IOException {
        try (RawClient client = new RawClient(workshop.port())) {
            client.send(RawClient.request("GET /open", "Connection: close"));
            assertEquals(200, client.receive().status());
            assertEquals(true, client.isClosed());
        }
    }
}
