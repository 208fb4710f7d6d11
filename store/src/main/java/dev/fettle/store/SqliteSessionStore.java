package dev.fettle.store;

import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.session.Status;
import dev.fettle.core.usage.Ledger;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps sessions in one SQLite file, which all processes of a machine may use at once. Not for network file
/// systems: the write-ahead log needs memory shared by all users of the file.
///
/// Whatever an append has acknowledged survives a kill of the process, always; whether it also survives a
/// loss of power is chosen by [Durability].
///
/// Opening a session raises its epoch and notes the process as its owner. Every write states the epoch and
/// the position it expects, so a replaced owner can write nothing. An owner is replaced when its process is
/// gone, as seen from this machine and this container: processes in different containers must not share a
/// file.
public final class SqliteSessionStore implements SessionStore, AutoCloseable {
    private static final String COLUMNS = "id, title, workspace, parent, status, created_at, updated_at, user_id";
    private static final String FORK_MARK = " (fork)";

    private final Database database;
    private final Claims claims;
    private final Owner self;
    private final InstantSource clock;
    private final Set<EventLog> open = ConcurrentHashMap.newKeySet();

    /// What an acknowledged append survives, besides a kill of the process.
    public enum Durability {
        /// A crash of the whole machine may take the last moments with it, but never damages the database.
        /// The choice for a terminal: an append does not wait for the disk.
        PROCESS_CRASH("normal"),
        /// Every append waits until the disk has it. The choice for a server.
        POWER_LOSS("full");

        private final String synchronous;

        Durability(String synchronous) {
            this.synchronous = synchronous;
        }
    }

    SqliteSessionStore(Database database, Owner self, InstantSource clock) {
        this.database = database;
        this.claims = new Claims(database, self);
        this.self = self;
        this.clock = clock;
    }

    /// Opens the file, or creates it with its directory, readable by its owner only.
    ///
    /// @throws SessionException of kind `STORAGE` if it is damaged, of a newer version, or cannot be had
    public static SqliteSessionStore open(Path file, InstantSource clock) {
        return open(file, clock, Durability.PROCESS_CRASH);
    }

    /// The same, with a choice of what an append survives.
    public static SqliteSessionStore open(Path file, InstantSource clock, Durability durability) {
        Database database = Database.open(file);
        try {
            Schema.prepare(database);
            database.update("pragma synchronous = " + durability.synchronous);
        } catch (SessionException e) {
            database.close();
            throw e;
        }
        return new SqliteSessionStore(database, Owner.current(), clock);
    }

    /// The ledger in the same file. It can be used until this store is closed.
    public Ledger ledger() {
        return new SqliteLedger(database, self, clock);
    }

    /// Looks through the whole file for damage, which takes seconds for a large one.
    ///
    /// @return what is wrong, one sentence each; empty if it is sound
    public List<String> check() {
        try {
            return database.query("pragma quick_check", row -> row.getString(1)).stream()
                    .filter(line -> !line.equals("ok"))
                    .toList();
        } catch (SessionException e) {
            return List.of(e.getMessage());
        }
    }

    @Override
    public Session create(String workspace, String title, String user) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Session session =
                new Session(SessionId.at(now), title, workspace, user, now, now, Optional.empty(), Optional.empty());
        database.write(() -> database.update(
                "insert into session (id, title, workspace, user_id, created_at, updated_at) values (?, ?, ?, ?, ?, ?)",
                session.id().value(),
                title,
                workspace,
                user,
                now.toEpochMilli(),
                now.toEpochMilli()));
        return session;
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return sessions("where id = ?", id.value()).stream().findFirst();
    }

    @Override
    public List<Session> list() {
        return sessions("order by updated_at desc, id desc");
    }

    @Override
    public void rename(SessionId id, String title) {
        int changed =
                database.write(() -> database.update("update session set title = ? where id = ?", title, id.value()));
        if (changed == 0) {
            throw Claims.notFound(id);
        }
    }

    @Override
    public void delete(SessionId id) {
        database.write(() -> {
            claims.requireFree(id);
            database.update("delete from session_event where session_id = ?", id.value());
            return database.update("delete from session where id = ?", id.value());
        });
    }

    @Override
    public Session fork(SessionId id) {
        long now = clock.millis();
        SessionId copy = SessionId.at(Instant.ofEpochMilli(now));
        return database.write(() -> {
            Session original = find(id).orElseThrow(() -> Claims.notFound(id));
            String title = original.title().endsWith(FORK_MARK) ? original.title() : original.title() + FORK_MARK;
            database.update(
                    "insert into session (id, title, workspace, user_id, parent, status, next_seq, created_at, updated_at)"
                            + " select ?, ?, workspace, user_id, id, status, next_seq, ?, ? from session where id = ?",
                    copy.value(),
                    title,
                    now,
                    now,
                    id.value());
            database.update(
                    "insert into session_event (session_id, seq, epoch, type, payload, at)"
                            + " select ?, seq, 0, type, payload, at from session_event where session_id = ?",
                    copy.value(),
                    id.value());
            return find(copy).orElseThrow();
        });
    }

    @Override
    public List<LogEntry> history(SessionId id) {
        if (find(id).isEmpty()) {
            throw Claims.notFound(id);
        }
        return SqliteEventLog.entries(database, id, Long.MAX_VALUE);
    }

    @Override
    public EventLog open(SessionId id) {
        EventLog log = new SqliteEventLog(database, claims, claims.take(id), clock, open::remove);
        open.add(log);
        return log;
    }

    /// Lets go of every session that is still open, and of the file.
    @Override
    public void close() {
        List.copyOf(open).forEach(EventLog::close);
        database.close();
    }

    private List<Session> sessions(String which, Object... parameters) {
        return database.query("select " + COLUMNS + " from session " + which, this::session, parameters);
    }

    private Session session(ResultSet row) throws SQLException {
        try {
            return new Session(
                    new SessionId(row.getString(1)),
                    row.getString(2),
                    row.getString(3),
                    row.getString(8),
                    Instant.ofEpochMilli(row.getLong(6)),
                    Instant.ofEpochMilli(row.getLong(7)),
                    Optional.ofNullable(row.getString(4)).map(SessionId::new),
                    Optional.ofNullable(row.getString(5)).flatMap(SqliteSessionStore::status));
        } catch (IllegalArgumentException e) {
            throw StorageFailure.damaged(database.file(), "a session has no sound id (" + e.getMessage() + ")", e);
        }
    }

    private static Optional<Status> status(String word) {
        return Arrays.stream(Status.values())
                .filter(each -> each.word().equals(word))
                .findFirst();
    }
}
