package dev.fettle.store;

import dev.fettle.core.session.SessionException;
import dev.fettle.store.sql.Sql.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A connection to a SQLite file, made when it is first needed, and the statements prepared on it. Whoever asks it
/// something holds its lock.
final class Line implements AutoCloseable {
    private final Path file;
    private final Connecting connecting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private @Nullable Connection connection;

    /// Makes the connection.
    @FunctionalInterface
    interface Connecting {
        Connection connect() throws SQLException;
    }

    Line(Path file, Connecting connecting) {
        this.file = file;
        this.connecting = connecting;
    }

    ReentrantLock lock() {
        return lock;
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    Connection connection() {
        if (connection == null) {
            try {
                connection = connecting.connect();
            } catch (SQLException e) {
                throw StorageFailure.of(file, e);
            }
        }
        return connection;
    }

    <R> List<R> query(String sql, Row<R> row, @Nullable Object... parameters) {
        List<R> found = new ArrayList<>();
        try (ResultSet rows = prepared(sql, parameters).executeQuery()) {
            while (rows.next()) {
                found.add(row.read(rows));
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
        return found;
    }

    int execute(String sql, @Nullable Object... parameters) {
        try {
            PreparedStatement statement = prepared(sql, parameters);
            if (statement.execute()) {
                statement.getResultSet().close();
                return 0;
            }
            return statement.getUpdateCount();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection().prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /// A statement that has failed cannot be run again; the next use prepares it anew.
    private SessionException failed(String sql, SQLException e) {
        try (PreparedStatement _ = statements.remove(sql)) {
            return StorageFailure.of(file, e);
        } catch (SQLException closing) {
            e.addSuppressed(closing);
            return StorageFailure.of(file, e);
        }
    }

    @Override
    public void close() {
        locked(() -> {
            try {
                if (connection != null) {
                    connection.close();
                }
            } catch (SQLException e) {
                throw StorageFailure.of(file, e);
            }
            return true;
        });
    }
}
