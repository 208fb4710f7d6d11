package dev.fettle.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.memory.Memory;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.store.sql.Owner;
import dev.fettle.store.upkeep.Migrated;
import dev.fettle.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file under the store: who may read it, who shares it, and what happens when it takes nothing more.
final class DatabaseFileTest {
    /// Of letters in no order, which cannot be packed into less than half.
    private static final Event BIG = new Event.UserSaid(
            new Random(1)
                    .ints(100_000, 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString(),
            List.of());

    private final SettableClock clock = new SettableClock();

    @TempDir
    private Path directory;

    private static SessionException assertStorage(Callable<?> action) {
        SessionException failure = assertThrows(SessionException.class, action::call);
        assertEquals(SessionException.Kind.STORAGE, failure.kind(), failure.getMessage());
        return failure;
    }

    private static void assertSays(String words, SessionException failure) {
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }

    @Test
    void onlyItsOwnerCanReadWhatIsKept() throws Exception {
        Path file = directory.resolve("state/fettle/sessions.db");
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            store.create("w", "t");
            for (String name : List.of("sessions.db", "sessions.db-wal", "sessions.db-shm")) {
                assertEquals(
                        PosixFilePermissions.fromString("rw-------"),
                        Files.getPosixFilePermissions(file.resolveSibling(name)),
                        name);
            }
        }
        assertEquals(
                PosixFilePermissions.fromString("rwx------"),
                Files.getPosixFilePermissions(directory.resolve("state")));
        assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(file.getParent()));
    }

    @Test
    void anyFileNameWillDo() throws Exception {
        Path file = directory.resolve("a ?b=c#%20ü/séssions?.db");
        SessionId id;
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            id = store.create("w", "t").id();
        }
        assertTrue(Files.size(file) > 0);
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            assertTrue(store.find(id).isPresent());
        }
    }

    @Test
    void aServerCanHaveEveryAppendOnDiskBeforeItReturns() {
        Path file = directory.resolve("sessions.db");
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock, SqliteSessionStore.Durability.POWER_LOSS);
                EventLog log = store.open(store.create("w", "t").id())) {
            assertEquals(1, log.append(BIG).seq());
        }
    }

    @Test
    void manyCanCreateTheDatabaseAtTheSameMoment() throws Exception {
        int openers = 8;
        try (ExecutorService threads = Executors.newFixedThreadPool(openers)) {
            for (int round = 0; round < 5; round++) {
                Path file = directory.resolve("new-%d/sessions.db".formatted(round));
                CyclicBarrier start = new CyclicBarrier(openers);
                List<Future<SessionId>> created = new ArrayList<>();
                for (int i = 0; i < openers; i++) {
                    created.add(threads.submit(() -> {
                        start.await();
                        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
                            return store.create("w", "t").id();
                        }
                    }));
                }
                for (Future<SessionId> each : created) {
                    each.get();
                }
                try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
                    assertEquals(openers, store.list().size());
                }
            }
        }
    }

    @Test
    void threadsAppendToTheirSessionsThroughOneStoreAndThroughSeveral() throws Exception {
        int writers = 8;
        int appends = 50;
        Path file = directory.resolve("sessions.db");
        try (SqliteSessionStore one = SqliteSessionStore.open(file, clock);
                SqliteSessionStore other = SqliteSessionStore.open(file, clock);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SessionId>> written = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                SqliteSessionStore store = i % 2 == 0 ? one : other;
                written.add(threads.submit(() -> {
                    SessionId id = store.create("w", "t").id();
                    try (EventLog log = store.open(id)) {
                        for (int n = 1; n <= appends; n++) {
                            assertEquals(
                                    n,
                                    log.append(new Event.UserSaid("event " + n, List.of()))
                                            .seq());
                        }
                    }
                    return id;
                }));
            }
            for (Future<SessionId> each : written) {
                assertEquals(appends, one.history(each.get()).size());
            }
        }
    }

    @Test
    void aSecondStoreOfTheSameProcessIsRefusedTooUntilTheFirstCloses() {
        Path file = directory.resolve("sessions.db");
        SqliteSessionStore first = SqliteSessionStore.open(file, clock);
        SessionId id = first.create("w", "t").id();
        EventLog log = first.open(id);
        try (SqliteSessionStore second = SqliteSessionStore.open(file, clock)) {
            SessionException refusal = assertThrows(SessionException.class, () -> second.open(id));
            assertEquals(SessionException.Kind.BUSY, refusal.kind());

            first.close();

            second.open(id).close();
            assertThrows(IllegalStateException.class, () -> log.append(BIG));
        }
    }

    @Test
    void aFullDiskFailsTheAppendWholeAndTheSessionGoesOnWhenThereIsRoom() {
        Database database = Database.open(directory.resolve("sessions.db"));
        Schema.prepare(database);
        try (SqliteSessionStore store =
                new SqliteSessionStore(database, Migrated.none(Schema.VERSION), Owner.current(), clock)) {
            SessionId id = store.create("w", "t").id();
            EventLog log = store.open(id);
            LogEntry kept = log.append(BIG);
            database.update("pragma max_page_count = 30");

            SessionException failure = assertStorage(() -> log.append(BIG));

            assertSays("The disk is full", failure);
            assertEquals(List.of(kept), store.history(id));
            assertEquals(List.of(), store.check());
            database.update("pragma max_page_count = 1000000");
            assertEquals(2, log.append(BIG).seq());
        }
    }

    @Test
    void aSessionThatCouldNotBeGivenBackIsFreeForItsOwnStore() {
        Database database = Database.open(directory.resolve("sessions.db"));
        Schema.prepare(database);
        try (SqliteSessionStore store =
                new SqliteSessionStore(database, Migrated.none(Schema.VERSION), Owner.current(), clock)) {
            SessionId id = store.create("w", "t").id();
            EventLog log = store.open(id);
            database.pragma("pragma query_only = on");

            assertSays("read-only", assertStorage(() -> log.append(BIG)));
            log.close();

            database.pragma("pragma query_only = off");
            try (EventLog again = store.open(id)) {
                assertEquals(1, again.append(BIG).seq());
            }
        }
    }

    @Test
    void aDatabaseThatTakesNoMoreWritesStillLetsPeopleIn() {
        Database database = Database.open(directory.resolve("sessions.db"));
        Schema.prepare(database);
        try (SqliteSessionStore store =
                new SqliteSessionStore(database, Migrated.none(Schema.VERSION), Owner.current(), clock)) {
            User ann = store.books().users().add("ann", Role.ADMIN);
            Keys.Created created = store.books().keys().create(ann.id(), "laptop", Set.of(KeyScope.ADMIN));
            database.pragma("pragma query_only = on");

            assertEquals(
                    Optional.of(new Keys.Caller(ann, created.key())),
                    store.books().keys().authenticate(created.secret().reveal()));
        }
    }

    @Test
    void nothingIsWrittenToAFileThatWasTakenAway() throws Exception {
        Path file = directory.resolve("sessions.db");
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            EventLog log = store.open(store.create("w", "t").id());
            Files.move(file, directory.resolve("elsewhere.db"));

            assertSays("removed or replaced", assertStorage(() -> log.append(BIG)));
            assertSays(
                    "removed or replaced",
                    assertStorage(() -> store.books().users().add("ann", Role.USER)));
            assertSays(
                    "removed or replaced",
                    assertStorage(() -> store.books().audit().append("usr_ann", "a", "", "")));
            assertSays(
                    "removed or replaced",
                    assertStorage(() -> store.books().memory().remember(Memory.Scope.everywhere("usr_ann"), "a")));
        }
    }

    @Test
    void aNewerDatabaseIsRefusedAndLeftAlone() throws Exception {
        Path file = directory.resolve("sessions.db");
        SqliteSessionStore.open(file, clock).close();
        try (Database database = Database.open(file)) {
            database.update("pragma user_version = " + (Schema.VERSION + 1));
        }
        byte[] before = Files.readAllBytes(file);

        SessionException failure = assertStorage(() -> SqliteSessionStore.open(file, clock));

        assertEquals(
                file + " was written by a newer Fettle: its version is " + (Schema.VERSION + 1)
                        + ", this program knows " + Schema.VERSION + ". Update Fettle.",
                failure.getMessage());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void aPlaceThatCannotHoldADatabaseIsNamed() throws Exception {
        Path notADirectory = Files.writeString(directory.resolve("plain"), "text");
        assertSays(
                "Cannot create the session database " + notADirectory.resolve("sessions.db"),
                assertStorage(() -> SqliteSessionStore.open(notADirectory.resolve("sessions.db"), clock)));
        assertSays("Cannot open " + directory, assertStorage(() -> SqliteSessionStore.open(directory, clock)));
    }
}
