package dev.fettle.store;

import dev.fettle.core.session.SessionException;
import dev.fettle.store.sql.Dialect;
import dev.fettle.store.upkeep.LongWork;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;

/// Long work on a SQLite file. With the write-ahead log a reader sees one state and holds up nobody; the
/// log grows until it is done.
record SqliteLongWork(Path file, int patienceMs) implements LongWork {
    @Override
    public Connection reading() throws SQLException {
        return begun(SQLiteConfig.TransactionMode.DEFERRED);
    }

    @Override
    public Connection writing(List<String> tables) throws SQLException {
        return begun(SQLiteConfig.TransactionMode.IMMEDIATE);
    }

    private Connection begun(SQLiteConfig.TransactionMode mode) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(patienceMs);
        config.setTransactionMode(mode);
        Connection connection =
                config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri());
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public SessionException failed(SQLException e) {
        return StorageFailure.of(file, e);
    }
}
