package dev.fettle.store;

import dev.fettle.core.session.SessionException;
import dev.fettle.store.run.RunEngine;
import dev.fettle.store.sql.Dialect;
import dev.fettle.store.sql.Sql;
import dev.fettle.store.upkeep.LongWork;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// One connection to one SQLite file, used by one thread at a time; statements are prepared once. Whatever
/// goes wrong comes out as a [SessionException] of kind `STORAGE`.
final class Database implements Sql, AutoCloseable {
    private static final int PATIENCE_MS = 15_000;
    /// The results of tools have a few kilobytes: smaller pages would be left half empty.
    private static final int PAGE_BYTES = 16_384;

    private final Path file;
    private final Connection connection;
    private final Optional<Object> identity;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Writing<?>> waiting = new ConcurrentLinkedQueue<>();
    /// Within the lock: whether a transaction is open.
    private boolean isWriting;
    private String synchronous = "full";

    private Database(Path file, Connection connection, Optional<Object> identity) {
        this.file = file;
        this.connection = connection;
        this.identity = identity;
    }

    /// Opens the file, or a new empty one that only its owner can read, in a directory likewise.
    static Database open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(PATIENCE_MS);
        config.setPageSize(PAGE_BYTES);
        try {
            createFor(file.toAbsolutePath());
            Connection connection = config.createConnection(
                    "jdbc:sqlite:" + file.toAbsolutePath().toUri());
            return new Database(file, connection, identity(file));
        } catch (SQLException e) {
            throw StorageFailure.of(file, e);
        } catch (IOException e) {
            throw new SessionException(
                    SessionException.Kind.STORAGE,
                    "Cannot create the session database %s: %s. Check that you may write there.".formatted(file, e),
                    e);
        }
    }

    private static void createFor(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Files.createDirectories(file.getParent(), only(file, "rwx------"));
        try {
            Files.createFile(file, only(file, "rw-------"));
        } catch (FileAlreadyExistsException e) {
            // Another process was first; the file serves both.
        }
    }

    private static FileAttribute<?>[] only(Path file, String permissions) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static Optional<Object> identity(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    Path file() {
        return file;
    }

    @Override
    public <R> List<R> query(String sql, Row<R> row, @Nullable Object... parameters) {
        return locked(() -> {
            List<R> found = new ArrayList<>();
            try (ResultSet rows = prepared(sql, parameters).executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            } catch (SQLException e) {
                throw failed(sql, e);
            }
            return found;
        });
    }

    @Override
    public int update(String sql, @Nullable Object... parameters) {
        return write(() -> execute(sql, parameters));
    }

    /// Says how the database is to behave; not within a transaction.
    void pragma(String sql) {
        locked(() -> execute(sql));
    }

    private int execute(String sql, @Nullable Object... parameters) {
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

    /// Runs several statements, separated by semicolons.
    void script(String sql) {
        locked(() -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            } catch (SQLException e) {
                throw StorageFailure.of(file, e);
            }
        });
    }

    /// The work is alone among all processes, and done once. What several threads want to write at the same moment is
    /// written by one of them, one after the other, in one transaction: all wait for the disk together.
    @Override
    public <T> T write(Supplier<T> work) {
        if (lock.isHeldByCurrentThread() && isWriting) {
            return work.get();
        }
        Writing<T> writing = new Writing<>(work);
        waiting.add(writing);
        return locked(() -> {
            if (!writing.isDone()) {
                writeAll();
            }
            return writing.result();
        });
    }

    /// How many changes wait to be made.
    int writersWaiting() {
        return waiting.size();
    }

    private void writeAll() {
        List<Writing<?>> together = new ArrayList<>();
        for (Writing<?> next = waiting.poll(); next != null; next = waiting.poll()) {
            together.add(next);
        }
        try {
            requireSameFile();
            execute("begin immediate");
            isWriting = true;
            try {
                if (attempt(together)) {
                    execute("commit");
                } else {
                    execute("rollback");
                }
            } catch (Throwable e) {
                rollBack(e);
                throw e;
            } finally {
                isWriting = false;
            }
        } catch (RuntimeException | Error e) {
            together.forEach(each -> each.fail(e));
        }
    }

    /// One that fails takes back what it did and leaves the others alone.
    ///
    /// @return whether there is anything to keep
    private boolean attempt(List<Writing<?>> together) {
        if (together.size() == 1) {
            return together.getFirst().attempt();
        }
        for (Writing<?> each : together) {
            execute("savepoint one");
            if (!each.attempt()) {
                execute("rollback to one");
            }
            execute("release one");
        }
        return true;
    }

    private void rollBack(Throwable reason) {
        try {
            execute("rollback");
        } catch (SessionException e) {
            // SQLite rolls back by itself when the disk is full.
            reason.addSuppressed(e);
        }
    }

    /// What is written to a file that has been moved away or replaced is lost, though SQLite would accept it.
    private void requireSameFile() {
        try {
            if (identity(file).equals(identity)) {
                return;
            }
        } catch (IOException e) {
            // Reported below: it is gone.
        }
        throw new SessionException(
                SessionException.Kind.STORAGE,
                "The session database %s was removed or replaced while in use; start again.".formatted(file));
    }

    /// The connection, for a library that makes its own statements. What it keeps survives a kill; it can be had again
    /// from what we keep, so that nobody waits for the disk.
    RunEngine.Connections connections() {
        DataSource source = new LentConnection(
                lock,
                () -> {
                    pragma("pragma synchronous = normal");
                    return connection;
                },
                () -> pragma("pragma synchronous = " + synchronous));
        return new RunEngine.Connections(source, () -> {});
    }

    /// What an acknowledged change survives, as SQLite says it.
    void synchronous(String level) {
        locked(() -> {
            synchronous = level;
            return execute("pragma synchronous = " + level);
        });
    }

    /// Connections to the file for work that takes long and must not hold up this one.
    LongWork longWork() {
        return new SqliteLongWork(file, PATIENCE_MS);
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public SessionException damaged(String what, Throwable cause) {
        return StorageFailure.damaged(file, what, cause);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... parameters) throws SQLException {
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
                connection.close();
            } catch (SQLException e) {
                throw StorageFailure.of(file, e);
            }
            return true;
        });
    }
}
