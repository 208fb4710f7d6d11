package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.server.client.Cidr;
import dev.fettle.server.rate.Rate;
import dev.fettle.testkit.MemoryCells;
import dev.fettle.testkit.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who may do what, and how often.
class AccessControlTest {
    private static final Options LOCAL = Options.on("127.0.0.1", 0);

    private static Options trusting(Set<String> hosts, Set<String> origins, List<Cidr> proxies) {
        return LOCAL.with(new Options.Trust(hosts, origins, proxies));
    }

    @Test
    void theUnknownAreAskedForAKey() throws IOException {
        try (Workshop workshop = new Workshop()) {
            RawClient.Response none = workshop.get("/me");
            assertEquals(401, none.status());
            assertEquals(Optional.of("Bearer realm=\"fettle\""), none.header("WWW-Authenticate"));
            RawClient.Response wrong = workshop.get("/me", "Authorization: Bearer mallorys");
            assertEquals(401, wrong.status());
            assertEquals(
                    Optional.of("Bearer realm=\"fettle\", error=\"invalid_token\""), wrong.header("WWW-Authenticate"));
        }
    }

    @Test
    void twoKeysAreNoKey() throws IOException {
        try (Workshop workshop = new Workshop()) {
            assertEquals(
                    401,
                    workshop.get("/me", "Authorization: Bearer alices", "Authorization: Bearer bobs")
                            .status());
        }
    }

    @Test
    void theKnownPassAndTheHandlerKnowsThem() throws IOException {
        try (Workshop workshop = new Workshop()) {
            RawClient.Response response = workshop.get("/me", "Authorization: Bearer alices");
            assertEquals(200, response.status());
            assertTrue(response.body().contains("\"user\":\"alice\""), response.body());
        }
    }

    @Test
    void aMissingScopeIsNamed() throws IOException {
        try (Workshop workshop = new Workshop()) {
            String delete = "DELETE /orders/1";
            RawClient.Response bob =
                    RawClient.exchange(workshop.port(), RawClient.request(delete, "Authorization: Bearer bobs"));
            assertEquals(403, bob.status());
            assertEquals(
                    Optional.of("Bearer realm=\"fettle\", error=\"insufficient_scope\", scope=\"orders:write\""),
                    bob.header("WWW-Authenticate"));
            RawClient.Response alice =
                    RawClient.exchange(workshop.port(), RawClient.request(delete, "Authorization: Bearer alices"));
            assertEquals(204, alice.status());
        }
    }

    @Test
    void aLocalServerAnswersOnlyUnderLocalNames() throws IOException {
        try (Workshop workshop = new Workshop()) {
            for (String host : List.of("localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:8080")) {
                assertEquals(200, status(workshop, host), host);
            }
            for (String host : List.of("evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "[::2]")) {
                assertEquals(421, status(workshop, host), host);
            }
        }
    }

    private static int status(Workshop workshop, String host) throws IOException {
        return RawClient.exchange(workshop.port(), "GET /open HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .status();
    }

    @Test
    void aListOfHostsReplacesTheLocalNames() throws IOException {
        try (Workshop workshop = new Workshop(trusting(Set.of("Fettle.example"), Set.of(), List.of()))) {
            assertEquals(200, status(workshop, "fettle.example:8080"));
            assertEquals(421, status(workshop, "localhost"));
        }
    }

    @Test
    void onlyListedOriginsMayRead() throws IOException {
        try (Workshop workshop = new Workshop(trusting(Set.of(), Set.of("https://ours.example"), List.of()))) {
            RawClient.Response ours = workshop.get("/open", "Origin: https://ours.example");
            assertEquals(Optional.of("https://ours.example"), ours.header("Access-Control-Allow-Origin"));
            assertEquals(Optional.of("Origin"), ours.header("Vary"));
            assertTrue(ours.header("Access-Control-Expose-Headers").orElse("").contains("Idempotent-Replayed"));
            assertEquals(Optional.empty(), ours.header("Access-Control-Allow-Credentials"));
            for (String other : List.of("https://ours.example.evil", "http://ours.example", "null")) {
                assertEquals(
                        Optional.empty(),
                        workshop.get("/open", "Origin: " + other).header("Access-Control-Allow-Origin"));
            }
        }
    }

    @Test
    void preflightsAreAnsweredForListedOriginsOnly() throws IOException {
        try (Workshop workshop = new Workshop(trusting(Set.of(), Set.of("https://ours.example"), List.of()))) {
            RawClient.Response ours = preflight(workshop, "https://ours.example");
            assertEquals(204, ours.status());
            assertEquals(
                    Optional.of("Authorization, Cache-Control, Content-Encoding, Content-Type, Idempotency-Key,"
                            + " Last-Event-ID, Prefer, Traceparent, X-API-Key, X-Request-Id"),
                    ours.header("Access-Control-Allow-Headers"));
            assertEquals(403, preflight(workshop, "https://evil.example").status());
        }
    }

    private static RawClient.Response preflight(Workshop workshop, String origin) throws IOException {
        return RawClient.exchange(
                workshop.port(),
                RawClient.request("OPTIONS /orders", "Origin: " + origin, "Access-Control-Request-Method: POST"));
    }

    @Test
    void aProblemCanBeReadByListedOriginsToo() throws IOException {
        try (Workshop workshop = new Workshop(trusting(Set.of(), Set.of("https://ours.example"), List.of()))) {
            RawClient.Response response = workshop.get("/me", "Origin: https://ours.example");
            assertEquals(401, response.status());
            assertEquals(Optional.of("https://ours.example"), response.header("Access-Control-Allow-Origin"));
        }
    }

    @Test
    void aWildcardIsNoOrigin() {
        assertThrows(
                IllegalArgumentException.class, () -> new Workshop(trusting(Set.of(), Set.of("*"), List.of())).close());
    }

    @Test
    void forwardedAddressesAreBelievedFromProxiesOnly() throws IOException {
        String[] headers = {"Authorization: Bearer alices", "X-Forwarded-For: 6.6.6.6, 203.0.113.9"};
        try (Workshop workshop = new Workshop()) {
            assertTrue(workshop.get("/me", headers).body().contains("\"client\":\"127.0.0.1\""));
        }
        try (Workshop workshop = new Workshop(trusting(Set.of(), Set.of(), List.of(Cidr.parse("127.0.0.0/8"))))) {
            assertTrue(workshop.get("/me", headers).body().contains("\"client\":\"203.0.113.9\""));
        }
    }

    @Test
    void anAddressThatAsksTooOftenIsToldWhenToComeBack() throws IOException {
        Rate few = new Rate(2, Duration.ofMinutes(1));
        Rate many = new Rate(1_000, Duration.ofMinutes(1));
        try (Workshop workshop = new Workshop(LOCAL.with(new Options.Rates(few, many, 10)))) {
            RawClient.Response first = workshop.get("/open");
            assertEquals(Optional.of("2"), first.header("RateLimit-Limit"));
            assertEquals(Optional.of("1"), first.header("RateLimit-Remaining"));
            assertEquals(404, workshop.get("/nothing").status());
            RawClient.Response third = workshop.get("/open");
            assertEquals(429, third.status());
            assertEquals(Optional.of("0"), third.header("RateLimit-Remaining"));
            int wait = Integer.parseInt(third.header("Retry-After").orElse("0"));
            assertTrue(wait >= 1 && wait <= 30, "wait " + wait);
        }
    }

    @Test
    void probesUseUpNothingAndThoseThatBringAKeyAreCountedApart() throws IOException {
        try (Workshop workshop = new Workshop(LOCAL.with(Options.Rates.perMinute(2, 1_000)))) {
            for (int i = 0; i < 4; i++) {
                RawClient.Response probe = workshop.get("/alive");
                assertEquals(200, probe.status());
                assertEquals(Optional.empty(), probe.header("RateLimit-Limit"));
            }
            String ann = "Authorization: Bearer alices";
            assertEquals(200, workshop.get("/alive", ann).status());
            assertEquals(200, workshop.get("/alive", ann).status());
            assertEquals(429, workshop.get("/alive", ann).status());
            assertArrayEquals(new int[] {200, 200, 429}, asked(workshop, "", "", ""));
            assertEquals(200, workshop.get("/alive").status());
        }
    }

    @Test
    void usersAreCountedApart() throws IOException {
        Rate few = new Rate(1, Duration.ofMinutes(1));
        Rate many = new Rate(1_000, Duration.ofMinutes(1));
        try (Workshop workshop = new Workshop(LOCAL.with(new Options.Rates(many, few, 10)))) {
            assertEquals(
                    200, workshop.get("/me", "Authorization: Bearer alices").status());
            assertEquals(
                    429, workshop.get("/me", "Authorization: Bearer alices").status());
            RawClient.Response bob = workshop.get("/me", "Authorization: Bearer bobs");
            assertEquals(200, bob.status());
            assertEquals(Optional.of("1"), bob.header("RateLimit-Limit"));
        }
    }

    private static int[] asked(Workshop workshop, String... forwarded) throws IOException {
        int[] statuses = new int[forwarded.length];
        for (int i = 0; i < forwarded.length; i++) {
            statuses[i] =
                    workshop.get("/open", "X-Forwarded-For: " + forwarded[i]).status();
        }
        return statuses;
    }

    @Test
    void aMadeUpAddressIsNoWayRoundTheRate() throws IOException {
        Options few = LOCAL.with(Options.Rates.perMinute(2, 1_000));
        try (Workshop workshop = new Workshop(few)) {
            assertArrayEquals(new int[] {200, 200, 429, 429}, asked(workshop, "1.1.1.1", "2.2.2.2", "3.3.3.3", "::1"));
        }
        Options.Trust proxied = new Options.Trust(Set.of(), Set.of(), List.of(Cidr.parse("127.0.0.0/8")));
        try (Workshop workshop = new Workshop(few.with(proxied))) {
            assertArrayEquals(
                    new int[] {200, 200, 429, 429},
                    asked(workshop, "203.0.113.9", "1.1.1.1, 203.0.113.9", "2.2.2.2,203.0.113.9", "x, 203.0.113.9"));
            assertArrayEquals(
                    new int[] {200, 200, 429},
                    asked(workshop, "2001:db8::1", "2001:db8::2", "[2001:db8:0:0:ffff::1]:443"));
        }
    }

    @Test
    void replicasCountTogetherAndAlone() throws IOException {
        SettableClock clock = new SettableClock();
        MemoryCells cells = new MemoryCells(clock);
        Options few = LOCAL.with(Options.Rates.perMinute(1_000, 2));
        String ann = "Authorization: Bearer alices";
        try (Workshop one = new Workshop(few, cells, clock);
                Workshop other = new Workshop(few, cells, clock)) {
            assertEquals(Optional.of("1"), one.get("/me", ann).header("RateLimit-Remaining"));
            assertEquals(Optional.of("0"), other.get("/me", ann).header("RateLimit-Remaining"));
            assertEquals(429, one.get("/me", ann).status());

            cells.goAway();
            String bob = "Authorization: Bearer bobs";
            for (Workshop replica : List.of(one, other)) {
                assertEquals(200, replica.get("/me", bob).status());
                assertEquals(200, replica.get("/me", bob).status());
                assertEquals(429, replica.get("/me", bob).status());
            }

            cells.comeBack();
            clock.advance(Duration.ofSeconds(30));
            assertEquals(200, other.get("/me", ann).status());
            assertEquals(429, one.get("/me", ann).status());
        }
    }

    @Test
    void aBugIsToldByItsIdOnly() throws IOException {
        try (Workshop workshop = new Workshop()) {
            for (String path : List.of("/broken", "/deep")) {
                RawClient.Response response = workshop.get(path, "X-Request-Id: mine-1");
                assertEquals(500, response.status());
                assertTrue(response.body().contains("\"request_id\":\"mine-1\""), response.body());
                assertFalse(response.body().contains(Workshop.SECRET), response.body());
            }
        }
    }

    @Test
    void harmlessRequestIdsAreKept() throws IOException {
        try (Workshop workshop = new Workshop()) {
            assertEquals(
                    Optional.of("a.b-c_1"),
                    workshop.get("/open", "X-Request-Id: a.b-c_1").header("X-Request-Id"));
            for (String bad : List.of("a b", "<x>", "a".repeat(65), "a\tb")) {
                assertTrue(workshop.get("/open", "X-Request-Id: " + bad)
                        .header("X-Request-Id")
                        .orElse("")
                        .startsWith("req_"));
            }
        }
    }
}
