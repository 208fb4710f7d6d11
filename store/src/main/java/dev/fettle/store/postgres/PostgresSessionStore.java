package dev.fettle.store.postgres;

import dev.fettle.core.feed.AnnouncedLog;
import dev.fettle.core.feed.Feed;
import dev.fettle.core.feed.LogFeed;
import dev.fettle.core.monitor.Gauge;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Ledger;
import dev.fettle.store.feed.Line;
import dev.fettle.store.feed.RelayedNotices;
import dev.fettle.store.redis.RedisLine;
import dev.fettle.store.run.RunEngine;
import dev.fettle.store.run.Runs;
import dev.fettle.store.sql.Books;
import dev.fettle.store.sql.SessionTable;
import dev.fettle.store.sql.SqlLedger;
import dev.fettle.store.upkeep.Archive;
import dev.fettle.store.upkeep.Migrated;
import dev.fettle.store.upkeep.OldRows;
import dev.fettle.store.upkeep.Reports;
import dev.fettle.store.upkeep.Upkeep;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Keeps sessions in PostgreSQL 15 or newer, shared by processes on any number of machines.
///
/// Opening a session raises its epoch and begins a lease. Every append states the epoch and the position it
/// expects, so a replaced owner can write nothing. An owner is replaced when its lease has run out, or at once
/// where its process can be seen to be gone. All times are of the database's clock, so that a machine whose
/// clock is wrong takes nothing from others.
///
/// While the server is away, whoever uses the store waits, and goes on without having repeated anything.
public final class PostgresSessionStore implements SessionStore, AutoCloseable {
    private final PostgresDatabase database;
    private final SessionTable table;
    private final Leases leases;
    private final Migrated migrated;
    private final RelayedNotices notices;
    private final LogFeed feed;
    private final Set<EventLog> open;

    /// How to use the database.
    ///
    /// @param url `postgresql://user:password@host:port/database`; what follows a `?` goes to the driver
    /// @param poolSize most connections at a time
    /// @param lease how long nobody else may have a session whose owner has fallen silent
    /// @param patience how long to wait for a server that is away
    /// @param redis what carries notices between processes instead of the database
    public record Options(URI url, int poolSize, Duration lease, Duration patience, Optional<URI> redis) {
        public Options(URI url, int poolSize) {
            this(url, poolSize, Duration.ofSeconds(10));
        }

        public Options(URI url, int poolSize, Duration lease) {
            this(url, poolSize, lease, Duration.ofSeconds(30));
        }

        public Options(URI url, int poolSize, Duration lease, Duration patience) {
            this(url, poolSize, lease, patience, Optional.empty());
        }

        /// The same, with Redis for the notices if there is one.
        public Options withRedis(Optional<URI> at) {
            return new Options(url, poolSize, lease, patience, at);
        }

        /// Without the password.
        @Override
        public String toString() {
            return "PostgreSQL at " + DatabaseAddress.of(url);
        }
    }

    private PostgresSessionStore(PostgresDatabase database, Migrated migrated, Duration lease, Line line) {
        this.database = database;
        this.table = new SessionTable(database, database::now);
        this.leases = new Leases(database, lease);
        this.migrated = migrated;
        this.notices = new RelayedNotices(line);
        this.feed = new LogFeed(this, table::heads, notices);
        this.open = ConcurrentHashMap.newKeySet();
    }

    private PostgresSessionStore(PostgresSessionStore same, PostgresDatabase database) {
        this.database = database;
        this.table = new SessionTable(database, database::now);
        this.leases = same.leases;
        this.migrated = same.migrated;
        this.notices = same.notices;
        this.feed = same.feed;
        this.open = same.open;
    }

    /// The same store, for who waits longer or less long for a server that is away: a client of the service should be
    /// told to come back while it still listens. What a stream of events reads, and a lease that is held, keep the
    /// patience of the store. It can be used until this one is closed, and is not closed itself.
    public PostgresSessionStore within(Duration patience) {
        return new PostgresSessionStore(this, database.within(patience));
    }

    /// Connects, and brings the tables to the version this program knows.
    ///
    /// @throws SessionException of kind `STORAGE` if the server cannot be reached, or its tables are of a newer
    ///     version
    public static PostgresSessionStore open(Options options) {
        PostgresDatabase database =
                PostgresDatabase.open(DatabaseAddress.of(options.url()), options.poolSize(), options.patience());
        try {
            Migrated migrated = Migrations.prepare(database);
            Line line = options.redis().<Line>map(RedisLine::new).orElseGet(() -> new PostgresLine(database.address()));
            return new PostgresSessionStore(database, migrated, options.lease(), line);
        } catch (SessionException e) {
            database.close();
            throw e;
        }
    }

    /// The ledger in the same database. It can be used until this store is closed.
    public Ledger ledger() {
        return new SqlLedger(database, new PostgresReservations(database), database::now);
    }

    /// What a server keeps beside sessions, in the same database. It can be used until this store is closed.
    public Books books() {
        return new Books(database, database::now);
    }

    /// What whoever looks after the same database needs. It can be used until this store is closed.
    public Upkeep upkeep() {
        return new Upkeep(
                migrated,
                books(),
                new Archive(new PostgresLongWork(database.address()), database::now),
                new OldRows(database, table, leases::requireFree, database::now),
                new Reports(database, database::now));
    }

    /// The runs in the same database. They can be used until this store is closed.
    public Runs runs(RunLimits limits) {
        return new Runs(
                database,
                table,
                database::now,
                () -> new RunEngine.Connections(database.connections(), () -> {}),
                limits,
                notices);
    }

    /// The sessions as they are written, by whatever process. It can be used until this store is closed.
    public Feed feed() {
        return feed;
    }

    /// How its connections do, for whoever watches the process.
    public List<Gauge> gauges() {
        return Stream.concat(Stream.of(database.gauge()), notices.gauges().stream())
                .toList();
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
            leases.requireFree(id);
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
        EventLog log = new PostgresEventLog(database, table, leases, leases.take(id), open::remove);
        open.add(log);
        return new AnnouncedLog(log, notices);
    }

    /// Lets go of every session that is still open, and of the connections.
    @Override
    public void close() {
        List.copyOf(open).forEach(EventLog::close);
        feed.close();
        notices.close();
        leases.close();
        database.close();
    }
}
