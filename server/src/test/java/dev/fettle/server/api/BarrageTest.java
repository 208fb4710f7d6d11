package dev.fettle.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Status;
import dev.fettle.core.user.Role;
import dev.fettle.server.token.OwnTokens;
import dev.fettle.server.token.Tokens;
import dev.fettle.testkit.openapi.ApiDescription;
import dev.fettle.testkit.openapi.Barrage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        Files.writeString(root.resolve("shop/haiku.txt"), "An old silent pond");
        try (Office office = new Office(
                root,
                Duration.ZERO,
                clock -> new Tokens(
                        Optional.of(new OwnTokens("s".repeat(32), Duration.ofMinutes(10), clock)),
                        Optional.empty(),
                        clock))) {
            Office.Client admin = office.user("root", Role.ADMIN);
            office.user("ann", Role.USER);
            String zoe = office.user("zoë", Role.USER).get("/api/v1/me").text("user_id");
            String key = admin.get("/api/v1/keys").json().at("/keys/0/key_id").asString();
            Barrage barrage = new Barrage(
                            office.url(),
                            admin.key,
                            new ApiDescription(admin.get("/openapi.json").body()),
                            Long.getLong("fettle.seed", 1))
                    .sparing(key)
                    .sparing(admin.get("/api/v1/me").text("user_id"))
                    .knowing("user", "ann")
                    .knowing("user", zoe)
                    .knowing("user-name", "joe")
                    .knowing("model", "test/m")
                    .knowing("tool", "echo")
                    .knowing("workspace", "shop")
                    .knowing("file-path", "haiku.txt");

            Barrage.Report report = barrage.fire(ROUNDS, new Work(office));

            assertEquals(List.of(), report.failures());
            assertEquals(List.of(), report.neverDone(), "asked for in vain each time");
        }
    }

    /// Lets time pass, so that no rate is exceeded, and some runs go on: one waits for an answer, the next has ended.
    private final class Work implements Runnable {
        private static final RunState WAITING = new RunState.Waiting(
                new Event.ApprovalAsked("call_1", new Permission.Execute("make"), "user:ask", "no sandbox"));
        private static final RunState ENDED = new RunState.Ended(Status.COMPLETED, "");

        private final Office office;
        private int times;

        Work(Office office) {
            this.office = office;
        }

        @Override
        public void run() {
            office.clock.advance(Duration.ofMillis(250));
            times++;
            if (times % 8 == 0) {
                office.runs.list(RunFilter.ALL).stream()
                        .filter(run -> run.state() instanceof RunState.Queued || run.state() instanceof RunState.Ready)
                        .findFirst()
                        .ifPresent(this::goOn);
            }
        }

        private void goOn(Run run) {
            if (times % 16 == 0) {
                office.changes.begin(run, root);
                office.changes.end(run, root);
            }
            office.runs.put(run.id(), times % 16 == 0 ? ENDED : WAITING);
        }
    }
}
