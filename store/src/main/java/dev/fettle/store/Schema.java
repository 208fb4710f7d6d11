package dev.fettle.store;

import dev.fettle.core.session.SessionException;
import dev.fettle.store.upkeep.Migrated;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/// Brings a database to the version this program knows; the version is kept in `PRAGMA user_version`.
final class Schema {
    /// What leads from each version to the next, from an empty database on.
    private static final List<String> SCRIPTS = List.of(
            "V1__sessions.sql",
            "V2__ledger.sql",
            "V3__users.sql",
            "V4__runs.sql",
            "V5__users.sql",
            "V6__reports.sql",
            "V7__tally.sql",
            "V8__open_runs.sql",
            "V9__run_lists.sql",
            "V10__meanings.sql");

    static final int VERSION = number(SCRIPTS.getLast());
    private static final int MOST_TRIES = 750;
    private static final long PAUSE_NANOS = 20_000_000;

    private Schema() {}

    static Migrated prepare(Database database) {
        int version = version(database);
        if (version > VERSION) {
            throw new SessionException(
                    SessionException.Kind.STORAGE,
                    "%s was written by a newer Fettle: its version is %d, this program knows %d. Update Fettle."
                            .formatted(database.file(), version, VERSION));
        }
        useWriteAheadLog(database);
        return version < VERSION ? database.write(() -> advance(database)) : Migrated.none(VERSION);
    }

    /// Another process may have been faster, so the version is looked at again.
    private static Migrated advance(Database database) {
        int version = version(database);
        if (version == 0) {
            requireEmpty(database);
        }
        for (String script : SCRIPTS) {
            if (number(script) > version) {
                database.script(script(script));
            }
        }
        if (version < VERSION) {
            database.update("pragma user_version = " + VERSION);
        }
        return new Migrated(version, VERSION);
    }

    /// The version a script leads to: 3 for `V3__users.sql`.
    private static int number(String script) {
        return Integer.parseInt(script.substring(1, script.indexOf('_')));
    }

    private static void requireEmpty(Database database) {
        if (!database.query("select name from sqlite_schema limit 1", row -> row.getString(1))
                .isEmpty()) {
            throw StorageFailure.damaged(
                    database.file(), "it has tables but no version", new SQLException("user_version is 0"));
        }
    }

    private static int version(Database database) {
        return database.query("pragma user_version", row -> row.getInt(1)).getFirst();
    }

    /// Two processes that switch a new database at the same moment get in each other's way, and SQLite does
    /// not wait then as it does elsewhere (<https://sqlite.org/wal.html>).
    private static void useWriteAheadLog(Database database) {
        for (int tries = 1; ; tries++) {
            try {
                database.pragma("pragma journal_mode = wal");
                return;
            } catch (SessionException e) {
                if (tries == MOST_TRIES || !StorageFailure.isLocked(e)) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static String script(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
