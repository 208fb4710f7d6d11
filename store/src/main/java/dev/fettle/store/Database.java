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
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// One SQLite file: a connection that writes, one change at a time, and a second one for whoever would look something
/// up meanwhile. Whatever goes wrong comes out as a [SessionException] of kind `STORAGE`.
final class Database implements Sql, AutoCloseable {
    private static final int PATIENCE_MS = 15_000;
    /// The results of tools have a few kilobytes: smaller pages would be left half empty.
    private static final int PAGE_BYTES = 16_384;

    private final Path file;
    private final Line writer;
    private final Line reader;
    private final Optional<Object> identity;
    /// Guarded by itself, as [#isLed] is.
    private final Deque<Writing<?>> waiting = new ArrayDeque<>();
    /// Whether there is somebody who writes what waits, or has been told to.
    private boolean isLed;
    /// While the writer is held: whether a transaction is open.
    private boolean isWriting;
    private String synchronous = "full";

    private Database(Path file, Line writer, Optional<Object> identity) {
        this.file = file;
        this.writer = writer;
        this.reader = new Line(file, () -> connect(file));
        this.identity = identity;
    }

    /// Opens the file, or a new empty one that only its owner can read, in a directory likewise.
    static Database open(Path file) {
        try {
            createFor(file.toAbsolutePath());
            Line writer = new Line(file, () -> connect(file));
            writer.connection();
            return new Database(file, writer, identity(file));
        } catch (IOException e) {
            throw new SessionException(
                    SessionException.Kind.STORAGE,
                    "Cannot create the session database %s: %s. Check that you may write there.".formatted(file, e),
                    e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(PATIENCE_MS);
        config.setPageSize(PAGE_BYTES);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri());
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

    /// Nobody waits for a change of somebody else's to reach the disk: what was kept before it can be read meanwhile.
    @Override
    public <R> List<R> query(String sql, Row<R> row, @Nullable Object... parameters) {
        if (writer.lock().tryLock()) {
            try {
                return writer.query(sql, row, parameters);
            } finally {
                writer.lock().unlock();
            }
        }
        return reader.locked(() -> reader.query(sql, row, parameters));
    }

    /// Differs from the last answer if another process has changed the file since
    /// (<https://sqlite.org/pragma.html#pragma_data_version>).
    long version() {
        return writer.locked(
                () -> writer.query("pragma data_version", row -> row.getLong(1)).getFirst());
    }

    @Override
    public int update(String sql, @Nullable Object... parameters) {
        return write(() -> execute(sql, parameters));
    }

    /// Says how the database is to behave; not within a transaction.
    void pragma(String sql) {
        writer.locked(() -> execute(sql));
    }

    private int execute(String sql, @Nullable Object... parameters) {
        return writer.execute(sql, parameters);
    }

    /// Runs several statements, separated by semicolons.
    void script(String sql) {
        writer.locked(() -> {
            try (var statement = writer.connection().createStatement()) {
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
        if (writer.lock().isHeldByCurrentThread()) {
            return isWriting ? work.get() : writtenAlone(new Writing<>(work));
        }
        Writing<T> writing = new Writing<>(work);
        if (leads(writing) || !writing.awaitDone()) {
            writer.locked(this::writeWaiting);
            passOn();
        }
        return writing.result();
    }

    private <T> T writtenAlone(Writing<T> writing) {
        writeAll(List.of(writing));
        return writing.result();
    }

    /// Whether nobody is there who writes for others.
    private boolean leads(Writing<?> writing) {
        synchronized (waiting) {
            waiting.add(writing);
            boolean leads = !isLed;
            isLed = true;
            return leads;
        }
    }

    /// Has the first of those who came meanwhile write for them.
    private void passOn() {
        synchronized (waiting) {
            isLed = !waiting.isEmpty();
            if (isLed) {
                waiting.getFirst().lead();
            }
        }
    }

    private boolean writeWaiting() {
        List<Writing<?>> together;
        synchronized (waiting) {
            together = List.copyOf(waiting);
            waiting.clear();
        }
        writeAll(together);
        together.forEach(Writing::done);
        return true;
    }

    /// How many changes wait to be made.
    int writersWaiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void writeAll(List<Writing<?>> together) {
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
                writer.lock(),
                () -> {
                    pragma("pragma synchronous = normal");
                    return writer.connection();
                },
                () -> pragma("pragma synchronous = " + synchronous));
        return new RunEngine.Connections(source, () -> {});
    }

    /// What an acknowledged change survives, as SQLite says it.
    void synchronous(String level) {
        writer.locked(() -> {
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

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
