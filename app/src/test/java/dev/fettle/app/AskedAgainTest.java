package dev.fettle.app;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.redis.LoopbackRedis;
import dev.fettle.testkit.server.FakeModelServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who asks a service the same again, on its real books, with and without a Redis.
@Timeout(60)
class AskedAgainTest {
    private static final String WHY = "{\"message\":\"why?\"}";

    @TempDir
    private Path directory = Path.of("");

    private static boolean isCached(Served.Reply reply) {
        assertEquals(200, reply.status(), reply.response().body());
        return reply.json().at("/metadata/cached").asBoolean();
    }

    @Test
    void theModelIsAskedOnceUntilItsInstructionsChange() throws Exception {
        Installation fettle = new Installation(directory);
        fettle.environment.put("CHAT_CACHE", "1h");
        try (FakeModelServer model = FakeModelServer.answering(text("because"), text("therefore"));
                Served served = new Served(fettle.withAnthropic(model))) {
            Served.Client admin = served.asAdmin();
            assertFalse(isCached(admin.post("/chat", WHY)));
            Served.Reply again = admin.post("/chat", WHY);
            assertTrue(isCached(again));
            assertEquals("because", again.text("response"));
            String metrics = admin.get("/metrics").response().body();
            assertTrue(metrics.contains("agent_cache_hits_total 1.0"), metrics);
            assertTrue(metrics.contains("agent_cache_misses_total 1.0"), metrics);

            Files.writeString(fettle.home.resolve("AGENTS.md"), "Answer in one word.");
            while (again.text("response").equals("because")) {
                again = admin.post("/chat", WHY);
            }
            assertFalse(isCached(again));
        }
    }

    @Test
    void aRedisThatIsAwayDegradesTheServiceAndRefusesNobody() throws Exception {
        Installation fettle = new Installation(directory);
        fettle.environment.put("CHAT_CACHE", "1h");
        try (LoopbackRedis redis = new LoopbackRedis();
                FakeModelServer model = FakeModelServer.answering(text("one"), text("two"))) {
            fettle.environment.put("REDIS_URL", redis.url().toString());
            try (Served served = new Served(fettle.withAnthropic(model))) {
                Served.Client admin = served.asAdmin();
                assertFalse(isCached(admin.post("/chat", WHY)));
                assertTrue(isCached(admin.post("/chat", WHY)));
                assertEquals(
                        "ok",
                        admin.get("/health").json().at("/checks/cache/status").asString());
                redis.stop();
                try {
                    while (isCached(admin.post("/chat", WHY))) {
                        Thread.onSpinWait();
                    }
                    Served.Reply health = admin.get("/health");
                    while (!health.text("status").equals("degraded")) {
                        health = admin.get("/health");
                    }
                    assertEquals(200, health.status());
                } finally {
                    redis.start();
                }
            }
        }
    }
}
