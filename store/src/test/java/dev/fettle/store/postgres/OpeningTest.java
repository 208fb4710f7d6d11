package dev.fettle.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What happens when a store is opened: the tables come to their version, and whatever is in the way is told.
final class OpeningTest {
    private static final int REPLICAS = 6;

    private final FreshDatabase database = new FreshDatabase();

    private static PostgresSessionStore open(URI url) {
        return PostgresSessionStore.open(new PostgresSessionStore.Options(url, 1));
    }

    private static String refusal(URI url) {
        return refusal(SessionException.Kind.STORAGE, url);
    }

    private static String refusal(SessionException.Kind kind, URI url) {
        SessionException refusal = assertThrows(SessionException.class, () -> open(url));
        assertEquals(kind, refusal.kind());
        for (Throwable each = refusal; each != null; each = each.getCause()) {
            assertFalse(String.valueOf(each.getMessage()).contains("secret-word"), each.getMessage());
        }
        return refusal.getMessage();
    }

    private URI url(String from, String to) {
        return URI.create(database.url().toString().replaceFirst(from, to));
    }

    @Test
    void replicasThatStartTogetherBringTheTablesInOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PostgresSessionStore>> opening = IntStream.range(0, REPLICAS)
                    .mapToObj(_ -> threads.submit(() -> open(database.url())))
                    .toList();
            for (Future<PostgresSessionStore> each : opening) {
                try (PostgresSessionStore store = each.get()) {
                    assertEquals(List.of(), store.list());
                }
            }
        }
        assertEquals(
                Migrations.VERSION,
                database.number("select count(*) from flyway_schema_history where success and version is not null"));
    }

    @Test
    void theVersionIsThatOfTheLastScript() {
        var scripts =
                Migrations.flyway(DatabaseAddress.of(database.url())).info().all();

        assertEquals(
                Integer.toString(Migrations.VERSION),
                scripts[scripts.length - 1].getVersion().getVersion());
    }

    @Test
    void aDatabaseOfANewerVersionIsRefusedAndLeftAlone() {
        open(database.url()).close();
        database.run("insert into flyway_schema_history select 99, '4711', description, type, 'V4711__x.sql', checksum,"
                + " installed_by, installed_on, execution_time, success from flyway_schema_history"
                + " where installed_rank = 1");

        String refusal = refusal(database.url());

        assertTrue(
                refusal.endsWith("was brought to version 4711 by a newer Fettle; this program knows %d. Update Fettle."
                        .formatted(Migrations.VERSION)),
                refusal);
    }

    @Test
    void aHalfDoneMigrationIsUndoneAndCanBeRepeated() {
        database.run("create table charge (stands_in_the_way int)");
        assertTrue(refusal(database.url()).contains("could not be brought to version"));

        database.run("drop table charge");
        open(database.url()).close();

        assertEquals(0, database.number("select count(*) from charge"));
    }

    @Test
    void aServerThatIsNotThereIsNamedWithTheRemedy() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        String refusal = refusal(
                SessionException.Kind.AWAY, URI.create("postgresql://ann:secret-word@127.0.0.1:" + port + "/fettle"));

        assertTrue(
                refusal.startsWith(
                        "Cannot reach PostgreSQL at 127.0.0.1:" + port + "/fettle. Check that it is running,"),
                refusal);
    }

    @Test
    void aWrongPasswordIsNotRepeatedInTheRefusal() {
        String refusal = refusal(url("//.*@", "//" + PostgresServer.USER + ":secret-word@"));

        assertTrue(refusal.contains("does not let user `fettle` in. Check the user and password"), refusal);
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        String refusal = refusal(url("/test_.*", "/nowhere"));

        assertTrue(refusal.contains("has no database `nowhere`. Create it, or correct DATABASE_URL."), refusal);
    }

    @Test
    void anOptionOfTheUrlReachesTheDriver() {
        String refusal = refusal(SessionException.Kind.AWAY, URI.create(database.url() + "?sslmode=require"));

        assertTrue(refusal.contains("SSL"), refusal);
    }

    @Test
    void theOptionsDoNotShowThePassword() {
        assertEquals(
                "PostgreSQL at db:5432/fettle",
                new PostgresSessionStore.Options(URI.create("postgresql://ann:secret-word@db/fettle"), 10).toString());
    }

    @Test
    void oneConnectionIsEnough() {
        try (PostgresSessionStore store = open(database.url())) {
            SessionId id = store.create("w", "a\0b").id();
            store.open(id).close();
            assertEquals("a\uFFFDb", store.fork(id).title().substring(0, 3));
            store.delete(id);
        }
    }

    @Test
    void whatTheServerCannotDoIsToldInWords() {
        try (PostgresSessionStore store = open(database.url())) {
            database.run("drop table session");

            SessionException refusal = assertThrows(SessionException.class, store::list);

            assertTrue(
                    refusal.getMessage().contains("does not serve. (ERROR: relation \"session\""),
                    refusal.getMessage());
        }
    }

    @Test
    void anEventThatMakesNoSenseIsToldApart() {
        try (PostgresSessionStore store = open(database.url())) {
            SessionId id = store.create("w", "t").id();
            database.run("insert into session_event values ('%s', 1, 1, 'x', '{}', 0)".formatted(id));

            SessionException refusal = assertThrows(SessionException.class, () -> store.history(id));

            assertTrue(refusal.getMessage().contains("event 1 of session " + id + " cannot be read"));
        }
    }
}
