package dev.fettle.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.Status;
import dev.fettle.testkit.SettableClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said about a damaged database, and what a repair makes of it.
final class DamageTest {
    private static final int PAGE = 4096;

    private final SettableClock clock = new SettableClock();
    private final Path directory;
    private final Path file;

    DamageTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("sessions.db");
    }

    @BeforeEach
    void fill() {
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            for (int n = 1; n <= 5; n++) {
                session(store, "Session " + n, 40);
                clock.advance(Duration.ofSeconds(1));
            }
        }
    }

    private static SessionId session(SqliteSessionStore store, String title, int steps) {
        SessionId id = store.create("/work", title).id();
        try (EventLog log = store.open(id)) {
            log.append(new Event.SessionStarted("/work", "You are Fettle."));
            for (int step = 1; step <= steps; step++) {
                log.append(new Event.UserSaid(
                        "Do step %d of %s\nplease. ".formatted(step, title).repeat(20), List.of()));
            }
            log.append(new Event.TurnEnded(new Outcome.Completed()));
        }
        return id;
    }

    private List<List<LogEntry>> histories() {
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            return store.list().stream().map(each -> store.history(each.id())).toList();
        }
    }

    private void overwrite(long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private void assertSaysHowToRepair() throws IOException {
        byte[] before = Files.readAllBytes(file);
        SessionException failure = assertThrows(SessionException.class, this::histories);
        assertEquals(SessionException.Kind.STORAGE, failure.kind());
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
        assertTrue(failure.getMessage().contains("`fettle sessions repair`"), failure.getMessage());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    /// Repairs, and checks what holds after every repair.
    private SqliteRepair.Repaired repair() throws IOException {
        byte[] damaged = Files.readAllBytes(file);
        SqliteRepair.Repaired repaired = SqliteRepair.repair(file, clock);

        assertArrayEquals(damaged, Files.readAllBytes(repaired.damagedCopy()));
        assertEquals(directory.resolve("sessions.db.damaged-20261121-090005-000"), repaired.damagedCopy());
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        List<List<LogEntry>> histories = histories();
        assertEquals(repaired.sessions(), histories.size());
        assertEquals(repaired.events(), histories.stream().mapToLong(List::size).sum());
        for (List<LogEntry> history : histories) {
            assertEquals(
                    LongStream.rangeClosed(1, history.size()).boxed().toList(),
                    history.stream().map(LogEntry::seq).toList());
        }
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock);
                Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(), store.check());
            for (Session session : store.list()) {
                try (EventLog log = store.open(session.id())) {
                    log.append(new Event.UserSaid("Go on", List.of()));
                }
            }
            assertTrue(files.noneMatch(each -> each.getFileName().toString().startsWith(".repair-")));
        }
        return repaired;
    }

    @Test
    void aSoundDatabaseIsFoundSoundAndComesOutOfARepairAsItWas() throws IOException {
        List<List<LogEntry>> before = histories();
        List<Session> sessions;
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            assertEquals(List.of(), store.check());
            sessions = store.list();
        }

        SqliteRepair.Repaired repaired = SqliteRepair.repair(file, clock);

        assertEquals(new SqliteRepair.Repaired(repaired.damagedCopy(), 5, 210, 0), repaired);
        assertEquals(before, histories());
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            assertEquals(sessions, store.list());
        }
    }

    @Test
    void aFileOfGarbageIsReplacedByAnEmptyDatabase() throws IOException {
        Files.writeString(file, "This is not a database at all. ".repeat(500));

        assertSaysHowToRepair();
        SqliteRepair.Repaired repaired = repair();

        assertEquals(new SqliteRepair.Repaired(repaired.damagedCopy(), 0, 0, 0), repaired);
    }

    @Test
    void aTruncatedFileKeepsTheSessionsThatLieBeforeTheCut() throws IOException {
        long cut = pageOf("Do step 20 of Session 3");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(cut);
        }

        assertSaysHowToRepair();
        SqliteRepair.Repaired repaired = repair();

        assertEquals(5, repaired.sessions());
        assertTrue(repaired.events() > 42, repaired.toString());
        assertEquals(210, repaired.events() + repaired.eventsLost());
    }

    @Test
    void anOverwrittenPageCostsOneSessionItsEnd() throws IOException {
        overwrite(pageOf("Do step 20 of Session 3"), new byte[PAGE]);

        assertSaysHowToRepair();
        SqliteRepair.Repaired repaired = repair();

        assertEquals(5, repaired.sessions());
        assertTrue(repaired.eventsLost() > 0 && repaired.eventsLost() <= 42, repaired.toString());
        List<Integer> lengths = histories().stream().map(List::size).toList();
        assertEquals(4, lengths.stream().filter(length -> length == 43).count(), lengths.toString());
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            assertEquals(
                    4,
                    store.list().stream()
                            .filter(each -> each.status().equals(Optional.of(Status.COMPLETED)))
                            .count());
        }
    }

    /// The page that holds the text, which must not be the first.
    private long pageOf(String text) throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        int position = content.indexOf(text);
        assertTrue(position > PAGE);
        return (long) position / PAGE * PAGE;
    }

    @Test
    void anEventThatIsNotJsonIsNamedAndEndsItsSession() throws IOException {
        String payload = "{\"type\":\"user_said\",\"text\":\"Do step 7 of Session 2";
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        overwrite(content.indexOf(payload), "#####".getBytes(StandardCharsets.US_ASCII));

        SessionException failure = assertThrows(SessionException.class, this::histories);
        assertTrue(failure.getMessage().contains("event 8 of session ses_"), failure.getMessage());
        assertSaysHowToRepair();
        SqliteRepair.Repaired repaired = repair();

        assertEquals(210 - 35, repaired.events());
        assertEquals(35, repaired.eventsLost());
    }

    @Test
    void aLongEventTakesLessRoomAndIsNamedWhenItIsDamaged() throws IOException {
        String output = "public static final class Parser {}\n".repeat(200);
        SessionId id;
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            id = store.create("/work", "Long").id();
            try (EventLog log = store.open(id)) {
                log.append(new Event.SessionStarted("/work", output));
                log.append(new Event.UserSaid(output, List.of()));
            }
            assertEquals(
                    new Event.UserSaid(output, List.of()),
                    store.history(id).getLast().event());
        }
        String ofIt = " from session_event where seq = 2 and session_id = ?";
        try (Database database = Database.open(file)) {
            long bytes = database.query("select length(payload)" + ofIt, row -> row.getLong(1), id.value())
                    .getFirst();
            assertTrue(bytes < output.length() / 2, () -> "It takes %d bytes".formatted(bytes));
            database.update(
                    "update session_event set payload = substr(payload, 1, 20) where seq = 2 and session_id = ?",
                    id.value());
        }

        SessionException failure = assertThrows(SessionException.class, this::histories);
        assertTrue(failure.getMessage().contains("event 2 of session " + id), failure.getMessage());
        assertSaysHowToRepair();
        assertEquals(211, repair().events());
    }

    @Test
    void aSessionWhoseRowIsLostIsRebuiltFromItsEvents() throws IOException {
        SessionId lost;
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            lost = store.list().getFirst().id();
        }
        List<List<LogEntry>> before = histories();
        try (Database database = Database.open(file)) {
            database.update("delete from session where id = ?", lost.value());
        }

        assertEquals(5, SqliteRepair.repair(file, clock).sessions());

        assertEquals(before, histories());
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            Session rebuilt = store.find(lost).orElseThrow();
            assertEquals("Do step 1 of Session 5", rebuilt.title());
            assertEquals("/work", rebuilt.workspace());
            assertEquals(Optional.of(Status.COMPLETED), rebuilt.status());
        }
    }

    @Test
    void whatIsStillInTheChangeLogIsSalvagedToo() throws IOException {
        SqliteSessionStore crashed = SqliteSessionStore.open(file, clock);
        SessionId id = session(crashed, "Late", 3);
        Path copy = Files.createDirectory(directory.resolve("after-crash")).resolve("sessions.db");
        Files.copy(file, copy);
        Files.copy(file.resolveSibling("sessions.db-wal"), copy.resolveSibling("sessions.db-wal"));
        crashed.close();

        SqliteRepair.Repaired repaired = SqliteRepair.repair(copy, clock);

        assertEquals(6, repaired.sessions());
        assertTrue(Files.exists(
                repaired.damagedCopy().resolveSibling(repaired.damagedCopy().getFileName() + "-wal")));
        assertFalse(Files.exists(copy.resolveSibling("sessions.db-wal")));
        try (SqliteSessionStore store = SqliteSessionStore.open(copy, clock)) {
            assertEquals(5, store.history(id).size());
        }
    }

    @Test
    void aLostHeaderIsNotTakenForANewDatabase() throws IOException {
        overwrite(60, new byte[4]);

        SessionException failure = assertThrows(SessionException.class, this::histories);
        assertTrue(failure.getMessage().contains("it has tables but no version"), failure.getMessage());
        assertSaysHowToRepair();
        assertEquals(5, repair().sessions());
    }

    @Test
    void checkFindsDamageThatNobodyHasMetYet() throws IOException {
        overwrite(pageOf("Do step 20 of Session 3"), new byte[PAGE]);

        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            assertEquals(5, store.list().size());
            assertFalse(store.check().isEmpty());
        }
    }

    @Test
    void thereIsNothingToRepairWhereNoFileIs() {
        SessionException failure =
                assertThrows(SessionException.class, () -> SqliteRepair.repair(directory.resolve("none.db"), clock));
        assertEquals(SessionException.Kind.NOT_FOUND, failure.kind());
    }

    @Test
    void aSessionWithoutASoundIdIsDamage() {
        try (Database database = Database.open(file)) {
            database.update("update session set id = 'nonsense' where title = 'Session 1'");
        }
        SessionException failure = assertThrows(SessionException.class, this::histories);
        assertTrue(failure.getMessage().contains("nonsense"), failure.getMessage());
        assertTrue(failure.getMessage().contains("`fettle sessions repair`"), failure.getMessage());
    }
}
