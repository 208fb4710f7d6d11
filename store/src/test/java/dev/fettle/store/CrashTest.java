package dev.fettle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrashTest {
    private static final int KILLS = 5;
    private static final String FOR_EVER = "1000000";

    @TempDir
    private Path directory;

    @Test
    void nothingAcknowledgedIsLostByAKillAndTheSessionIsFreeAtOnce() throws Exception {
        Path file = directory.resolve("sessions.db");
        Random moments = new Random();
        SessionId id = newSession(file);
        for (int kill = 1; kill <= KILLS; kill++) {
            long acknowledged = appendAndKill(file, id, 1 + moments.nextInt(400));

            try (SqliteSessionStore store = SqliteSessionStore.open(file, InstantSource.system());
                    EventLog log = store.open(id)) {
                List<Long> kept = log.entries().stream().map(LogEntry::seq).toList();
                assertEquals(LongStream.rangeClosed(1, kept.size()).boxed().toList(), kept);
                assertTrue(
                        kept.size() >= acknowledged,
                        "Kill %d: %d events kept of %d acknowledged".formatted(kill, kept.size(), acknowledged));
                assertEquals(List.of(), store.check());
            }
        }
    }

    /// Lets a process append and kills it some time after it has acknowledged a number of events.
    ///
    /// @return the number of the last event it acknowledged
    private long appendAndKill(Path file, SessionId id, int events) throws IOException, InterruptedException {
        Process process = OtherProcess.start(AppendingProcess.class, directory, file.toString(), id.value(), FOR_EVER);
        try (BufferedReader output = OtherProcess.awaitLine(process, "open")) {
            List<String> lines = output.lines().limit(events).toList();
            // By its handle, which leaves the output readable.
            process.toHandle().destroyForcibly();
            String last = output.lines().reduce(lines.getLast(), (_, next) -> next);
            return Long.parseLong(last);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void anotherProcessCannotHaveASessionUntilItsOwnerIsGone() throws Exception {
        Path file = directory.resolve("sessions.db");
        SessionId id = newSession(file);
        Process owner = OtherProcess.start(AppendingProcess.class, directory, file.toString(), id.value(), "0");
        try (SqliteSessionStore store = SqliteSessionStore.open(file, InstantSource.system());
                BufferedReader _ = OtherProcess.awaitLine(owner, "open")) {
            SessionException refusal = assertThrows(SessionException.class, () -> store.open(id));
            assertEquals(SessionException.Kind.BUSY, refusal.kind());
            assertEquals(
                    "Session %s is in use by process %d; wait until its turn ends, or stop it"
                            .formatted(id, owner.pid()),
                    refusal.getMessage());
            SessionException repair =
                    assertThrows(SessionException.class, () -> SqliteRepair.repair(file, InstantSource.system()));
            assertEquals(SessionException.Kind.BUSY, repair.kind());

            owner.getOutputStream().close();
            owner.waitFor();
            store.open(id).close();
        } finally {
            owner.destroyForcibly().waitFor();
        }
    }

    private static SessionId newSession(Path file) {
        try (SqliteSessionStore store = SqliteSessionStore.open(file, InstantSource.system())) {
            return store.create("/work", "Crash").id();
        }
    }
}
