package dev.fettle.store.postgres;

import dev.fettle.core.session.SessionException;
import dev.fettle.store.upkeep.Migrated;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings a database to the version this program knows. Flyway does the work, under a lock, so that any number of
/// processes may start at once; each script is kept wholly or not at all.
final class Migrations {
    static final String LOCATION = "classpath:dev/fettle/store/postgres";

    /// The number of the last script there.
    static final int VERSION = 8;

    private static final int OLDEST_SERVER = 15;
    private static final int SERVER_UNITS = 10_000;
    private static final String HISTORY = "flyway_schema_history";

    private Migrations() {}

    /// Flyway is started only where something is to be done: it takes as long as a command.
    static Migrated prepare(PostgresDatabase database) {
        requireServer(database);
        int version = version(database);
        if (version > VERSION) {
            throw new SessionException(
                    SessionException.Kind.STORAGE,
                    "PostgreSQL at %s was brought to version %d by a newer Fettle; this program knows %d. Update Fettle."
                            .formatted(database.address(), version, VERSION));
        }
        return version < VERSION && migrate(database.address())
                ? new Migrated(version, VERSION)
                : Migrated.none(VERSION);
    }

    private static void requireServer(PostgresDatabase database) {
        int server = database.query("select current_setting('server_version_num')::int", row -> row.getInt(1))
                        .getFirst()
                / SERVER_UNITS;
        if (server < OLDEST_SERVER) {
            throw new SessionException(
                    SessionException.Kind.STORAGE,
                    "PostgreSQL at %s is of version %d; Fettle needs %d or newer. Update the server."
                            .formatted(database.address(), server, OLDEST_SERVER));
        }
    }

    /// The highest version that was brought in, zero if none was.
    static int version(PostgresDatabase database) {
        boolean isThere = database.query("select to_regclass('" + HISTORY + "') is not null", row -> row.getBoolean(1))
                .getFirst();
        return !isThere
                ? 0
                : database.query(
                                "select coalesce(max(cast(version as int)), 0) from " + HISTORY
                                        + " where success and version is not null",
                                row -> row.getInt(1))
                        .getFirst();
    }

    /// Whether there was anything to be done; another process may have been faster.
    private static boolean migrate(DatabaseAddress address) {
        try {
            return flyway(address).migrate().migrationsExecuted > 0;
        } catch (FlywayException e) {
            throw new SessionException(
                    SessionException.Kind.STORAGE,
                    "The tables in PostgreSQL at %s could not be brought to version %d: %s. What was begun is undone."
                            .formatted(address, VERSION, reason(e)),
                    e);
        }
    }

    /// Flyway frames it with lines of its own.
    private static String reason(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : reason(e.getCause());
    }

    /// With connections of its own: a pool may be too small for it.
    static Flyway flyway(DatabaseAddress address) {
        return Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .locations(LOCATION)
                .table(HISTORY)
                .load();
    }
}
