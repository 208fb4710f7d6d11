package dev.fettle.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.usage.Ledger;
import dev.fettle.store.OtherProcess;
import dev.fettle.store.ReservingProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeveralProcessesTest {
    private static final int KILLS = 3;
    private static final int SESSIONS = 20;

    private final FreshDatabase database = new FreshDatabase();
    private final PostgresSessionStore store = database.open();
    private final Path directory;

    SeveralProcessesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nothingAcknowledgedIsLostByAKillAndTheSessionIsFreeAtOnceOnTheSameMachine() throws Exception {
        Random moments = new Random();
        SessionId id = store.create("/work", "Crash").id();
        for (int kill = 1; kill <= KILLS; kill++) {
            long acknowledged = appendAndKill(id, 1 + moments.nextInt(200));

            try (EventLog log = store.open(id)) {
                List<Long> kept = log.entries().stream().map(LogEntry::seq).toList();
                assertEquals(LongStream.rangeClosed(1, kept.size()).boxed().toList(), kept);
                assertTrue(
                        kept.size() >= acknowledged,
                        "Kill %d: %d events kept of %d acknowledged".formatted(kill, kept.size(), acknowledged));
            }
        }
    }

    /// Lets a process append and kills it some time after it has acknowledged a number of events.
    ///
    /// @return the number of the last event it acknowledged
    private long appendAndKill(SessionId id, int events) throws IOException, InterruptedException {
        Process process = start("append", id.value());
        try (BufferedReader output = OtherProcess.awaitLine(process, "ready")) {
            tell(process);
            assertEquals("open", output.readLine());
            SessionException refusal = assertThrows(SessionException.class, () -> store.open(id));
            assertEquals(SessionException.Kind.BUSY, refusal.kind());
            List<String> lines = output.lines().limit(events).toList();
            process.toHandle().destroyForcibly();
            return Long.parseLong(output.lines().reduce(lines.getLast(), (_, next) -> next));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void ofTwoThatWantASessionOneGetsIt() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            ids.add(store.create("/work", "Race").id().value());
        }
        Process first = start("race");
        Process second = start("race");
        try {
            BufferedReader one = OtherProcess.awaitLine(first, "ready");
            BufferedReader other = OtherProcess.awaitLine(second, "ready");
            tell(first);
            tell(second);
            List<String> got = new ArrayList<>(untilDone(one));
            got.addAll(untilDone(other));

            assertEquals(ids.stream().sorted().toList(), got.stream().sorted().toList());
            assertEquals(
                    List.of(),
                    store.list().stream()
                            .map(Session::id)
                            .filter(this::canBeOpened)
                            .toList());
        } finally {
            first.destroyForcibly().waitFor();
            second.destroyForcibly().waitFor();
        }
    }

    private boolean canBeOpened(SessionId id) {
        try (EventLog _ = store.open(id)) {
            return true;
        } catch (SessionException e) {
            return false;
        }
    }

    private static List<String> untilDone(BufferedReader output) {
        return output.lines().takeWhile(line -> !line.equals("done")).toList();
    }

    @Test
    void aBudgetWorthTenCallsAdmitsTenOfAHundredInTwoProcessesAndAKillFreesThem() throws Exception {
        Process process = start("reserve");
        try {
            BufferedReader output = OtherProcess.awaitLine(process, "ready");
            tell(process);
            int here = ReservingProcess.admitted(store.ledger(), 50);
            int there = Integer.parseInt(output.readLine());
            assertEquals(10, here + there, "%d here and %d there".formatted(here, there));

            process.destroyForcibly().waitFor();
            assertEquals(there, ReservingProcess.admitted(store.ledger(), 20));
            assertInstanceOf(Ledger.Admission.Refused.class, ReservingProcess.reserve(store.ledger()));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String... what) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(database.url().toString()));
        arguments.addAll(List.of(what));
        return OtherProcess.start(ClientProcess.class, directory, arguments.toArray(String[]::new));
    }

    private static void tell(Process process) throws IOException {
        process.outputWriter().write("\n");
        process.outputWriter().flush();
    }
}
