package dev.fettle.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.user.Role;
import dev.fettle.testkit.openapi.ApiDescription;
import dev.fettle.testkit.openapi.Barrage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every operation is as it is described, whatever is sent to it. `-Dfettle.seed=…` tries other requests.
class BarrageTest {
    private static final int ROUNDS = 30;

    @TempDir
    private Path root = Path.of("");

    @Test
    @Timeout(60)
    void everyAnswerIsAsDescribed() throws IOException, InterruptedException {
        Files.createDirectory(root.resolve("shop"));
        try (Office office = new Office(root, Duration.ZERO)) {
            Office.Client admin = office.user("root", Role.ADMIN);
            office.user("ann", Role.USER);
            String key = admin.get("/api/v1/keys").json().at("/keys/0/key_id").asString();
            Barrage barrage = new Barrage(
                            office.url(),
                            admin.key,
                            new ApiDescription(admin.get("/openapi.json").body()),
                            Long.getLong("fettle.seed", 1))
                    .sparing(key)
                    .sparing(admin.get("/api/v1/me").text("user_id"))
                    .knowing("user-name", "ann")
                    .knowing("model", "test/m")
                    .knowing("workspace", "shop");

            Barrage.Report report = barrage.fire(ROUNDS, () -> office.clock.advance(Duration.ofMillis(250)));

            assertEquals(List.of(), report.failures());
            assertEquals(List.of("approve", "deny"), report.neverDone(), "nothing waits for an answer here");
        }
    }
}
