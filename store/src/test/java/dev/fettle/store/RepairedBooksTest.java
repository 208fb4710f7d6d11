package dev.fettle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.core.memory.Fact;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repair keeps what a server wrote down beside the sessions.
final class RepairedBooksTest {
    private final SettableClock clock = new SettableClock();
    private final Path file;

    RepairedBooksTest(@TempDir Path directory) {
        file = directory.resolve("sessions.db");
    }

    @Test
    void whoWasLetInStillIsAndWhatWasKnownStillIs() {
        User ann;
        Keys.Created key;
        Fact fact;
        Idempotency.Request request = new Idempotency.Request("usr_1", "key", "print", Duration.ofMinutes(1));
        Idempotency.Response response = new Idempotency.Response(200, "text/plain", "done");
        Audit.Page page;
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            ann = store.books().users().add("ann", Role.ADMIN);
            key = store.books().keys().create(ann.id(), "CI", Set.of(KeyScope.RUN));
            fact = store.books().memory().remember(Memory.Scope.project(ann.id(), "/work"), "The build uses maven.");
            store.books().audit().append(ann.id(), "key.create", key.key().id(), "CI");
            page = store.books().audit().page(Audit.Query.latest(10));
            store.books()
                    .idempotency()
                    .finish(
                            (Idempotency.Start.Begun)
                                    store.books().idempotency().begin(request),
                            response);
        }

        SqliteRepair.repair(file, clock);

        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            assertEquals(List.of(ann), store.books().users().list());
            assertTrue(store.books().keys().authenticate(key.secret().reveal()).isPresent());
            assertEquals(
                    List.of(fact), store.books().memory().recall(Memory.Scope.project(ann.id(), "/work"), "maven", 10));
            assertEquals(page, store.books().audit().page(Audit.Query.latest(10)));
            assertEquals(
                    new Idempotency.Start.Replay(response),
                    store.books().idempotency().begin(request));
        }
    }

    @Test
    void aSessionKeepsItsUser() {
        SessionId id;
        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            id = store.create("/work", "Mend it", "usr_ann").id();
        }

        SqliteRepair.repair(file, clock);

        try (SqliteSessionStore store = SqliteSessionStore.open(file, clock)) {
            assertEquals("usr_ann", store.find(id).orElseThrow().user());
        }
    }
}
