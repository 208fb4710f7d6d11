package dev.fettle.app;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.redis.LoopbackRedis;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who may ask the service, what, and how often, as the settings say.
@Timeout(120)
class AccessTest {
    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    private void set(String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fettle.environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    @Test
    void aTokenIsGivenForAKeyAndEndsWithIt() throws Exception {
        set("SECRET_KEY", "0123456789abcdef0123456789abcdef", "JWT_EXPIRE_MINUTES", "5");
        try (Served served = new Served(fettle)) {
            Served.Client ann = served.asNew("ann");
            Served.Reply given = ann.post("/api/v1/token", "{\"scopes\":[\"read\"]}");
            assertEquals(200, given.status(), given.response().body());
            assertEquals(300, given.json().path("expires_in").asInt());
            Served.Client bearer = served.as(given.text("access_token"));
            assertEquals("ann", bearer.get("/api/v1/me").text("name"));
            assertEquals(403, bearer.post("/api/v1/runs", "{\"prompt\":\"x\"}").status());
            assertEquals(403, bearer.post("/api/v1/token", "").status());

            try (Served other = new Served(fettle)) {
                assertEquals(
                        "ann",
                        other.as(given.text("access_token")).get("/api/v1/me").text("name"));
            }

            String key = served.asAdmin()
                    .get("/api/v1/keys?user=ann")
                    .json()
                    .path("keys")
                    .path(0)
                    .path("key_id")
                    .asString();
            assertEquals(204, served.asAdmin().delete("/api/v1/keys/" + key).status());
            assertEquals(401, bearer.get("/api/v1/me").status());
        }
    }

    @Test
    void replicasCountTogetherWhileRedisIsThereAndAloneWhileItIsNot() throws Exception {
        try (LoopbackRedis redis = new LoopbackRedis()) {
            set("REDIS_URL", redis.url().toString(), "RATE_PER_USER", "600");
            try (Served one = new Served(fettle);
                    Served other = new Served(fettle)) {
                Served.Client here = one.asNew("ann");
                Served.Client there = other.as(here.key());
                awaitCountingTogether(here, there);

                redis.stop();
                for (int i = 0; i < 30; i++) {
                    assertEquals(200, here.get("/api/v1/me").status());
                    assertEquals(200, there.get("/api/v1/me").status());
                }

                redis.start();
                awaitCountingTogether(here, there);
            }
        }
    }

    /// Each request of one is seen by the other; alone, two requests of one would differ by one.
    private static void awaitCountingTogether(Served.Client here, Served.Client there) throws InterruptedException {
        while (true) {
            int first = remaining(here);
            if (remaining(there) == first - 1 && remaining(here) == first - 2 && remaining(there) == first - 3) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static int remaining(Served.Client client) {
        return client.get("/api/v1/me")
                .response()
                .headers()
                .firstValue("RateLimit-Remaining")
                .map(Integer::parseInt)
                .orElseThrow();
    }

    @Test
    void runsOfAUserWaitForEachOtherAndTooManyAreRefused() throws Exception {
        set("RUNS_PER_USER", "1", "QUEUE_LIMIT", "1", "WORKER_RUNS", "4");
        try (FakeModelServer model = FakeModelServer.script(
                        new Fault.Silence(Duration.ofMinutes(5), true, text("never")),
                        new Fault.Silence(Duration.ofMinutes(5), true, text("never")));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client ann = served.asNew("ann");
            String first = ann.post("/api/v1/runs", "{\"prompt\":\"one\"}").text("run_id");
            ann.await(first, "running");
            Served.Reply second = ann.post("/api/v1/runs", "{\"prompt\":\"two\"}");
            assertEquals(202, second.status());
            assertEquals("queued", second.text("status"));
            Served.Reply third = ann.post("/api/v1/runs", "{\"prompt\":\"three\"}");
            assertEquals(429, third.status(), third.response().body());
            assertTrue(third.response().headers().firstValue("Retry-After").isPresent());

            assertEquals(
                    202, ann.post("/api/v1/runs/%s/cancel".formatted(first), "").status());
            ann.await(first, "cancelled");
            ann.await(second.text("run_id"), "running");
            ann.post("/api/v1/runs/%s/cancel".formatted(second.text("run_id")), "");
            ann.await(second.text("run_id"), "cancelled");
        }
    }

    @Test
    void whatTheEdgeLetsInIsSet() throws Exception {
        set("ALLOWED_HOSTS", "127.0.0.1", "CORS_ORIGINS", "https://tools.example.org, https://other.example.org");
        set("BODY_LIMIT", "2KB", "MAX_MESSAGE_LENGTH", "20", "FORBIDDEN_PATTERNS", "(?i)internal\\s+only ^x+$");
        set("TRUSTED_PROXIES", "127.0.0.0/8", "RATE_PER_IP", "30", "STREAMS_PER_USER", "1");
        try (Served served = new Served(fettle)) {
            Served.Client ann = served.asNew("ann");
            Served.Reply allowed = ann.method(
                    "GET", "/api/v1/me", "", "Origin", "https://other.example.org", "X-Forwarded-For", "203.0.113.1");
            assertEquals(
                    "https://other.example.org",
                    allowed.response()
                            .headers()
                            .firstValue("Access-Control-Allow-Origin")
                            .orElseThrow());
            assertEquals(413, ann.post("/api/v1/runs", " ".repeat(2_001)).status());
            Map.of("a text of more than 20 characters", 422, "INTERNAL  only", 422, "xxx", 422, "hi", 202)
                    .forEach((prompt, status) -> assertEquals(
                            status,
                            ann.post("/api/v1/runs", "{\"prompt\":\"%s\"}".formatted(prompt))
                                    .status(),
                            prompt));

            int refused = 0;
            for (int i = 0; i < 31; i++) {
                int status = ann.method(
                                "GET", "/api/v1/me", "", "X-Forwarded-For", "%d.1.1.1, 203.0.113.2".formatted(i))
                        .status();
                refused += status == 429 ? 1 : 0;
            }
            assertEquals(1, refused);
        }
    }

    @Test
    void anIdentityProviderIsSetWholly() {
        set("JWT_JWKS_URL", "https://login.example.org/keys");
        assertEquals(2, fettle.type("serve", "--port", "0"));
        assertTrue(fettle.err.contains("set JWT_ISSUER and JWT_AUDIENCE too"), fettle.err);
    }

    @Test
    void wrongSettingsAreNamedWithTheirRemedy() {
        Map<String, String> wrong = Map.of(
                "SECRET_KEY", "too short",
                "JWT_JWKS_URL", "http://login.example.org/keys",
                "CORS_ORIGINS", "*",
                "TRUSTED_PROXIES", "10.0.0.0/8,proxy",
                "ALLOWED_HOSTS", "https://fettle.example.org",
                "FORBIDDEN_PATTERNS", "fine (",
                "BODY_LIMIT", "10B",
                "RATE_PER_USER", "0");
        wrong.forEach(this::set);
        assertEquals(2, fettle.type("serve"));
        wrong.keySet().forEach(name -> assertTrue(fettle.err.contains(name), () -> name + ": " + fettle.err));
        assertTrue(fettle.err.contains("openssl rand -hex 32"), fettle.err);
        assertFalse(fettle.err.contains("too short"), fettle.err);
    }

    @Test
    void theLastAdministratorIsNotShutOut() {
        assertEquals(0, fettle.type("admin", "seed"), fettle.err);
        for (List<String> command : List.of(
                List.of("admin", "users", "deactivate", "admin"), List.of("admin", "users", "role", "admin", "user"))) {
            assertEquals(2, fettle.type(command.toArray(String[]::new)));
            assertTrue(fettle.err.contains("make somebody else one first"), fettle.err);
        }
        assertEquals(0, fettle.type("admin", "users", "add", "ann", "--role", "admin"));
        assertEquals(0, fettle.type("admin", "users", "deactivate", "admin"), fettle.err);
    }
}
