package dev.fettle.store;

import dev.fettle.core.feed.AnnouncedLog;
import dev.fettle.core.feed.Feed;
import dev.fettle.core.feed.LogFeed;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Ledger;
import dev.fettle.store.run.Runs;
import dev.fettle.store.sql.Books;
import dev.fettle.store.sql.Owner;
import dev.fettle.store.sql.SessionTable;
import dev.fettle.store.sql.SqlLedger;
import dev.fettle.store.upkeep.Archive;
import dev.fettle.store.upkeep.Migrated;
import dev.fettle.store.upkeep.OldRows;
import dev.fettle.store.upkeep.Reports;
import dev.fettle.store.upkeep.Upkeep;
import java.nio.file.Path;
import java.time.InstantSource;
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
    private final Database database;
    private final SessionTable table;
    private final Claims claims;
    private final Owner self;
    private final InstantSource clock;
    private final Migrated migrated;
    private final FileNotices notices;
    private final LogFeed feed;
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

    SqliteSessionStore(Database database, Migrated migrated, Owner self, InstantSource clock) {
        this.database = database;
        this.table = new SessionTable(database, clock);
        this.claims = new Claims(database, self);
        this.self = self;
        this.clock = clock;
        this.migrated = migrated;
        this.notices = new FileNotices(database);
        this.feed = new LogFeed(this, table::heads, notices);
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
            Migrated migrated = Schema.prepare(database);
            database.synchronous(durability.synchronous);
            return new SqliteSessionStore(database, migrated, Owner.current(), clock);
        } catch (SessionException e) {
            database.close();
            throw e;
        }
    }

    /// The ledger in the same file. It can be used until this store is closed.
    public Ledger ledger() {
        return new SqlLedger(database, new SqliteReservations(database, self, clock), clock);
    }

    /// What a server keeps beside sessions, in the same database. It can be used until this store is closed.
    public Books books() {
        return new Books(database, clock);
    }

    /// What whoever looks after the same file needs. It can be used until this store is closed.
    public Upkeep upkeep() {
        return new Upkeep(
                migrated,
                books(),
                new Archive(database.longWork(), clock),
                new OldRows(database, table, claims::requireFree, clock),
                new Reports(database, clock));
    }

    /// The runs in the same file. They can be used until this store is closed.
    public Runs runs(RunLimits limits) {
        return new Runs(database, table, clock, database::connections, limits, notices);
    }

    /// The sessions as they are written, by whatever process. It can be used until this store is closed.
    public Feed feed() {
        return feed;
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
        return table.create(workspace, title, user);
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return table.find(id);
    }

    @Override
    public List<Session> list(SessionFilter filter) {
        return table.list(filter);
    }

    @Override
    public void rename(SessionId id, String title) {
        table.rename(id, title);
    }

    @Override
    public void delete(SessionId id) {
        database.write(() -> {
            claims.requireFree(id);
            table.delete(id);
            return id;
        });
    }

    @Override
    public Session fork(SessionId id, long last) {
        return table.fork(id, last);
    }

    @Override
    public List<LogEntry> history(SessionId id, long after) {
        return table.history(id, after);
    }

    @Override
    public List<LogEntry> lastTurn(SessionId id) {
        return table.lastTurn(id);
    }

    @Override
    public EventLog open(SessionId id) {
        EventLog log = new SqliteEventLog(database, table, claims, claims.take(id), clock, open::remove);
        open.add(log);
        return new AnnouncedLog(log, notices);
    }

    /// Lets go of every session that is still open, and of the file.
    @Override
    public void close() {
        List.copyOf(open).forEach(EventLog::close);
        feed.close();
        notices.close();
        database.close();
    }
}
