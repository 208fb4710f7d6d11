package dev.fettle.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import dev.fettle.core.monitor.Gauge;
import dev.fettle.core.session.SessionException;
import dev.fettle.store.sql.Dialect;
import dev.fettle.store.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A pool of connections to a PostgreSQL server. What fails because the server is away is tried again until the
/// patience ends, in a transaction from its beginning.
final class PostgresDatabase implements Sql, AutoCloseable {
    /// The moment a transaction began, in milliseconds since 1970, by the clock all processes share.
    static final String NOW = "cast(floor(extract(epoch from now()) * 1000) as bigint)";

    /// Less than anybody's patience: whoever has more asks again.
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(1);
    private static final long FIRST_PAUSE_NANOS = 10_000_000;
    private static final long LONGEST_PAUSE_NANOS = 640_000_000;

    private final DatabaseAddress address;
    private final HikariDataSource pool;
    private final Duration patience;
    /// That of the transaction which the present thread is in.
    private final ScopedValue<Connection> transaction;

    private PostgresDatabase(
            DatabaseAddress address, HikariDataSource pool, Duration patience, ScopedValue<Connection> transaction) {
        this.address = address;
        this.pool = pool;
        this.patience = patience;
        this.transaction = transaction;
    }

    /// The same database over the same connections, for who waits longer or less long for a server that is away.
    PostgresDatabase within(Duration other) {
        return new PostgresDatabase(address, pool, other, transaction);
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /// Connects once, so that a wrong address is told at once.
    static PostgresDatabase open(DatabaseAddress address, int poolSize, Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("fettle-" + address.database());
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(poolSize);
        // A command needs one; those that come for a burst go again.
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        config.setValidationTimeout(WAIT_FOR_CONNECTION.toMillis());
        config.setInitializationFailTimeout(1);
        // Given in the URL as well, they are what the URL says.
        config.addDataSourceProperty("ApplicationName", "fettle");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "60");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        try {
            return new PostgresDatabase(address, new HikariDataSource(config), patience, ScopedValue.newInstance());
        } catch (HikariPool.PoolInitializationException e) {
            throw e.getCause() instanceof SQLException cause ? PostgresFailure.of(address, cause) : e;
        }
    }

    DatabaseAddress address() {
        return address;
    }

    /// The clock of the server, to the millisecond; within a transaction the moment it began.
    Instant now() {
        return query("select " + NOW, row -> Instant.ofEpochMilli(row.getLong(1)))
                .getFirst();
    }

    @Override
    public <R> List<R> query(String sql, Row<R> row, @Nullable Object... parameters) {
        return with(connection -> {
            try (PreparedStatement statement = prepared(connection, sql, parameters);
                    ResultSet rows = statement.executeQuery()) {
                List<R> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return found;
            }
        });
    }

    @Override
    public int update(String sql, @Nullable Object... parameters) {
        return with(connection -> {
            try (PreparedStatement statement = prepared(connection, sql, parameters)) {
                return statement.executeUpdate();
            }
        });
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i] instanceof String text ? Dialect.POSTGRES.storable(text) : parameters[i];
            statement.setObject(i + 1, value);
        }
        return statement;
    }

    @Override
    public <T> T write(Supplier<T> work) {
        if (transaction.isBound()) {
            return work.get();
        }
        return patiently(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = ScopedValue.where(transaction, connection).call(work::get);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
        });
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The server rolls back what a lost connection was about.
            reason.addSuppressed(e);
        }
    }

    private <T> T with(Work<T> work) {
        if (!transaction.isBound()) {
            return patiently(work);
        }
        try {
            return work.on(transaction.get());
        } catch (SQLException e) {
            throw PostgresFailure.of(address, e);
        }
    }

    /// An interruption must wait: it would close the socket of a virtual thread in the middle of an answer.
    private <T> T patiently(Work<T> work) {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        boolean isInterrupted = false;
        try {
            while (true) {
                isInterrupted |= Thread.interrupted();
                try {
                    return once(work);
                } catch (SessionException e) {
                    if (!PostgresFailure.isPassing(e) || System.nanoTime() - start > patience.toNanos()) {
                        throw e;
                    }
                }
                LockSupport.parkNanos(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T once(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw PostgresFailure.of(address, e);
        }
    }

    /// The pool, for a library that makes its own statements.
    DataSource connections() {
        return pool;
    }

    /// What its connections do; those of the scheduler are among them.
    Gauge gauge() {
        return new Gauge(
                "fettle_database_connections",
                "Connections to PostgreSQL, and threads that wait for one.",
                "state",
                () -> {
                    HikariPoolMXBean now = pool.getHikariPoolMXBean();
                    return Map.of(
                            "active", (double) now.getActiveConnections(),
                            "idle", (double) now.getIdleConnections(),
                            "awaited", (double) now.getThreadsAwaitingConnection(),
                            "most", (double) pool.getMaximumPoolSize());
                });
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRES;
    }

    @Override
    public SessionException damaged(String what, Throwable cause) {
        return new SessionException(
                SessionException.Kind.STORAGE,
                "PostgreSQL at %s holds what it should not: %s. Restore a backup, or delete that session."
                        .formatted(address, what),
                cause);
    }

    @Override
    public void close() {
        pool.close();
    }
}
