package dev.fettle.store.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.memory.Memory;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.store.SqliteSessionStore;
import dev.fettle.store.postgres.FreshDatabase;
import dev.fettle.store.postgres.PostgresSessionStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Backups of both databases, restored into either.
@Timeout(120)
final class ArchiveTest {
    private final Path directory;
    private final SqliteSessionStore sqlite;
    private final PostgresSessionStore postgres = new FreshDatabase().open();

    ArchiveTest(@TempDir Path directory) {
        this.directory = directory;
        this.sqlite = sqlite("first.db");
    }

    private SqliteSessionStore sqlite(String name) {
        return SqliteSessionStore.open(directory.resolve(name), InstantSource.system());
    }

    @AfterEach
    void close() {
        sqlite.close();
        postgres.close();
    }

    private static byte[] backup(Upkeep upkeep) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            upkeep.archive().write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void restore(Upkeep upkeep, byte[] archive) throws IOException {
        upkeep.archive().restore(new ByteArrayInputStream(archive));
    }

    /// All but the line that tells the time.
    private static List<String> rows(byte[] archive) {
        return text(archive).lines().skip(1).toList();
    }

    private static String text(byte[] archive) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] edited(byte[] archive, UnaryOperator<String> edit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
            zipped.write(edit.apply(text(archive)).getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private Filled fill() {
        return Filled.of(sqlite, sqlite.ledger(), sqlite.runs(RunLimits.DEFAULT), sqlite.upkeep());
    }

    @Test
    void everyTableGoesFromSqliteToPostgresAndBackByteForByte() throws IOException {
        Filled filled = fill();
        // Behind another, so that it ends at once, and is added up.
        RunQueue queue = sqlite.runs(RunLimits.DEFAULT).queue();
        queue.cancel(queue.submit(filled.session(), new RunRequest("Never", List.of(), Map.of(), false))
                .id());
        restore(sqlite.upkeep(), backup(sqlite.upkeep()));
        byte[] archive = backup(sqlite.upkeep());
        assertTrue(sqlite.upkeep().archive().contents().values().stream().allMatch(count -> count > 0));

        restore(postgres.upkeep(), archive);
        try (SqliteSessionStore second = sqlite("second.db")) {
            restore(second.upkeep(), backup(postgres.upkeep()));

            assertEquals(rows(archive), rows(backup(postgres.upkeep())));
            assertEquals(rows(archive), rows(backup(second.upkeep())));
            assertEquals(sqlite.list(), second.list());
        }
        assertEquals(sqlite.history(filled.session()), postgres.history(filled.session()));
        Upkeep there = postgres.upkeep();
        assertTrue(there.books()
                .keys()
                .authenticate(filled.key().secret().reveal())
                .isPresent());
        assertEquals(
                1,
                there.books()
                        .memory()
                        .recall(Memory.Scope.project(filled.user().id(), "/work"), "maven", 9)
                        .size());
    }

    @Test
    void whatIsRestoredTakesThePlaceOfAllThereWas() throws IOException {
        byte[] archive = backup(sqlite.upkeep());
        fill();
        postgres.create("/elsewhere", "of another time");

        restore(postgres.upkeep(), archive);
        restore(sqlite.upkeep(), archive);

        assertEquals(List.of(), postgres.list());
        assertTrue(sqlite.upkeep().archive().contents().values().stream().allMatch(count -> count == 0));
    }

    @Test
    void aRunThatAWorkerHadIsQueuedAgain() throws IOException {
        Filled filled = fill();
        restore(postgres.upkeep(), backup(sqlite.upkeep()));

        Run run = postgres.runs(RunLimits.DEFAULT)
                .queue()
                .latest(filled.session())
                .orElseThrow();

        assertEquals(new RunState.Queued(), run.state());
        assertEquals(Filled.ODD, run.request().prompt());
    }

    @Test
    void whoeverHadASessionBeforeTheRestoreWritesNothingAfterIt() throws IOException {
        for (SessionStore store : List.of(sqlite, postgres)) {
            Upkeep upkeep = store == sqlite ? sqlite.upkeep() : postgres.upkeep();
            SessionId id = store.create("/work", "t").id();
            Filled.turn(store, id, "hello");
            byte[] archive = backup(upkeep);
            try (EventLog log = store.open(id)) {
                restore(upkeep, archive);

                SessionException refusal =
                        assertThrows(SessionException.class, () -> log.append(new Event.UserSaid("late", List.of())));
                assertEquals(SessionException.Kind.LOST, refusal.kind());
            }
            assertEquals(3, store.history(id).size());
            Filled.turn(store, id, "once more");
        }
    }

    @Test
    void aTruncatedOrDamagedArchiveChangesNothing() throws IOException {
        fill();
        byte[] sound = backup(sqlite.upkeep());
        postgres.create("/work", "stays");
        List<String> before = rows(backup(postgres.upkeep()));
        for (int length = 0; length < sound.length; length += sound.length / 9) {
            refuse(Arrays.copyOf(sound, length));
        }
        refuse(Arrays.copyOf(sound, sound.length - 1));
        // What stands in the first ten bytes is not used, and so not checked.
        for (int at = 10; at < sound.length; at += sound.length / 9) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 0x10;
            refuse(damaged);
        }
        refuse("not zipped".getBytes(StandardCharsets.UTF_8));
        assertEquals(before, rows(backup(postgres.upkeep())));
    }

    private String refuse(byte[] archive) {
        return String.valueOf(assertThrows(IOException.class, () -> restore(postgres.upkeep(), archive))
                .getMessage());
    }

    @Test
    void whatMakesNoSenseIsRefusedWithItsLine() throws IOException {
        fill();
        byte[] sound = backup(sqlite.upkeep());
        assertEquals("it is no backup of Fettle", refuse(edited(sound, text -> "{}\n" + text)));
        assertEquals("it is no backup of Fettle", refuse(edited(sound, text -> "null\n")));
        assertEquals("there is more in it than it says", refuse(edited(sound, text -> text + "[]\n")));
        assertTrue(refuse(edited(sound, text -> text.replace("\"updated_at\"]", "\"extra\"]")))
                .contains("its line 2 cannot be read (a table `session` is not known so)"));
        assertTrue(refuse(edited(sound, text -> text.replaceFirst("\n\\[", "\n[1.5,")))
                .contains("its line 3 cannot be read (it is no row of 10 values)"));
        assertTrue(refuse(edited(sound, text -> text.replaceFirst("\n\\[", "\n{")))
                .startsWith("its line 3 cannot be read ("));
        assertEquals(
                "a newer Fettle wrote it: it is of version 99, this program knows 1; update Fettle",
                refuse(edited(sound, text -> text.replaceFirst("\"version\":1", "\"version\":99"))));
    }

    @Test
    void aTextThatPostgresCannotHoldIsPutInItsWords() throws IOException {
        sqlite.create("/work", "a\0b");

        restore(postgres.upkeep(), backup(sqlite.upkeep()));

        assertEquals("a\uFFFDb", postgres.list().getFirst().title());
    }

    @Test
    void aBackupIsOfOneMomentThoughWorkersWrite() throws Exception {
        writeWhileBackedUp(sqlite, sqlite.upkeep());
        writeWhileBackedUp(postgres, postgres.upkeep());
    }

    private void writeWhileBackedUp(SessionStore store, Upkeep upkeep) throws Exception {
        AtomicBoolean isDone = new AtomicBoolean();
        Semaphore turns = new Semaphore(0);
        List<Thread> writers = IntStream.range(0, 2)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    while (!isDone.get()) {
                        Filled.turn(store, store.create("/work", "t").id(), "hello");
                        turns.release();
                    }
                }))
                .toList();
        turns.acquire(2);
        byte[] first = backup(upkeep);
        turns.drainPermits();
        turns.acquire();
        byte[] second = backup(upkeep);
        isDone.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        assertNotEquals(rows(first), rows(second));
        for (byte[] archive : List.of(first, second)) {
            try (SqliteSessionStore copy = sqlite("copy-" + System.nanoTime() + ".db")) {
                restore(copy.upkeep(), archive);
                Map<String, Long> counts = copy.upkeep().archive().contents();
                assertTrue(counts.getOrDefault("session", 0L) > 0);
                List<Long> next = rows(archive).stream()
                        .filter(row -> row.startsWith("[\"ses_") && row.contains("\"/work\",\"local\""))
                        .map(row -> Long.valueOf(row.split(",", -1)[7]))
                        .toList();
                assertEquals(next.stream().mapToLong(each -> each - 1).sum(), counts.getOrDefault("session_event", 0L));
            }
        }
    }
}
