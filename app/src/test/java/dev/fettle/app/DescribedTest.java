package dev.fettle.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.testkit.openapi.ApiDescription;
import dev.fettle.testkit.openapi.Barrage;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The HTTP service on its real books does what it says of itself. `-Dfettle.seed=…` tries other requests.
class DescribedTest {
    /// Not more requests than the rates let through.
    private static final int ROUNDS = 2;

    @TempDir
    private Path directory = Path.of("");

    @Test
    @Timeout(60)
    void everyAnswerIsAsDescribed() throws Exception {
        try (Served served = new Served(new Installation(directory), "--roles", "web")) {
            Served.Client admin = served.asAdmin();
            Barrage barrage = new Barrage(
                            URI.create(served.url),
                            served.key(),
                            new ApiDescription(
                                    admin.get("/openapi.json").response().body()),
                            Long.getLong("fettle.seed", 1))
                    .sparing(admin.get("/api/v1/me").text("user_id"))
                    .sparing(admin.get("/api/v1/keys")
                            .json()
                            .at("/keys/0/key_id")
                            .asString())
                    .knowing("user-name", "joe")
                    .knowing("tool", "ls")
                    .knowing("git-url", "file:///not/there")
                    .always("Prefer", "respond-async")
                    .without("order_batch");

            assertEquals(List.of(), barrage.fire(ROUNDS, () -> {}).failures());
        }
    }
}
