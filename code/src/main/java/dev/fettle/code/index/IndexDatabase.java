package dev.fettle.code.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/// One connection to the file of an index, for one thread at a time; statements are prepared once.
///
/// Several processes may have the file open. Whoever writes holds it for one transaction, and looks again
/// inside of it at what others may have written since.
final class IndexDatabase implements AutoCloseable {
    private static final int PATIENCE_MS = 60_000;
    private static final int PAGE_BYTES = 8192;
    private static final int CACHE_KIB = 16 * 1024;
    private static final List<String> SCHEMA = List.of(
            """
            create table if not exists file (
                id integer primary key, path text not null unique, size integer not null, modified integer not null,
                hash text not null, language text not null, lines integer not null, error integer not null,
                skipped text)""",
            """
            create table if not exists symbol (
                file integer not null, ordinal integer not null, name text not null, kind text not null,
                signature text not null, first integer not null, last integer not null, container integer not null,
                complexity integer not null, entry integer not null,
                primary key (file, ordinal)) without rowid""",
            "create index if not exists symbol_name on symbol (name)",
            """
            create table if not exists mention (
                file integer not null, name text not null, count integer not null, places blob not null,
                primary key (file, name)) without rowid""",
            "create index if not exists mention_name on mention (name)",
            """
            create table if not exists import (
                file integer not null, ordinal integer not null, target text not null, line integer not null,
                primary key (file, ordinal)) without rowid""",
            "create table if not exists suspect (hash text primary key, crashes integer not null) without rowid");

    private final Path file;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private IndexDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /// Opens an index. One that is damaged makes place for an empty one: what was in it can be read again.
    static IndexDatabase open(Path file) {
        try {
            return prepared(file);
        } catch (IndexException e) {
            if (!isDamage(e)) {
                throw e;
            }
            try {
                for (String suffix : List.of("", "-wal", "-shm")) {
                    Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
                }
            } catch (IOException failure) {
                throw new IndexException(file, failure);
            }
            return prepared(file);
        }
    }

    private static boolean isDamage(IndexException e) {
        return e.getCause() instanceof SQLException sql
                && (sql.getErrorCode() == SQLiteErrorCode.SQLITE_CORRUPT.code
                        || sql.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code);
    }

    private static IndexDatabase prepared(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(PATIENCE_MS);
        config.setPageSize(PAGE_BYTES);
        config.setCacheSize(-CACHE_KIB);
        // Safe against a process that dies; after a power cut the last transactions are done again.
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        try {
            IndexDatabase database = new IndexDatabase(
                    file,
                    config.createConnection(
                            "jdbc:sqlite:" + file.toAbsolutePath().toUri()));
            try {
                database.prepareSchema();
                return database;
            } catch (IndexException e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IndexException(file, e);
        }
    }

    private void prepareSchema() {
        if (query("select 1 from sqlite_master where name = 'suspect'", row -> 1)
                .isEmpty()) {
            transaction(() -> SCHEMA.forEach(this::update));
        }
    }

    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    interface Work {
        void run() throws InterruptedException;
    }

    <R> List<R> query(String sql, Row<R> row, @Nullable Object... parameters) {
        List<R> found = new ArrayList<>();
        scan(sql, each -> found.add(row.read(each)), parameters);
        return found;
    }

    interface Scan {
        void row(ResultSet row) throws SQLException;
    }

    /// Shows row after row, so that they need not all be held.
    void scan(String sql, Scan scan, @Nullable Object... parameters) {
        try (ResultSet rows = filled(sql, parameters).executeQuery()) {
            while (rows.next()) {
                scan.row(rows);
            }
        } catch (SQLException e) {
            throw new IndexException(file, e);
        }
    }

    int update(String sql, @Nullable Object... parameters) {
        try {
            return filled(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            throw new IndexException(file, e);
        }
    }

    /// All of it or, if it throws, nothing. Waits for other writers.
    void transaction(Runnable work) {
        try {
            interruptibly(work::run);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void interruptibly(Work work) throws InterruptedException {
        boolean isDone = false;
        try {
            connection.setAutoCommit(false);
            try {
                work.run();
                connection.commit();
                isDone = true;
            } finally {
                if (!isDone) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IndexException(file, e);
        }
    }

    private PreparedStatement filled(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        try {
            for (PreparedStatement each : statements.values()) {
                each.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw new IndexException(file, e);
        }
    }
}
