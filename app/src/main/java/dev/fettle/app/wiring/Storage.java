package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Home;
import dev.fettle.app.config.Settings;
import dev.fettle.core.feed.Feed;
import dev.fettle.core.monitor.Gauge;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Ledger;
import dev.fettle.store.SqliteSessionStore;
import dev.fettle.store.SqliteSessionStore.Durability;
import dev.fettle.store.postgres.PostgresSessionStore;
import dev.fettle.store.run.Runs;
import dev.fettle.store.sql.Books;
import dev.fettle.store.upkeep.Upkeep;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where sessions and costs are kept: in Fettle's home, unless `DATABASE_URL` names another place.
///
/// @param place for people
/// @param gauges of the connections
/// @param connection what is to be closed
record Storage(
        String place,
        SessionStore sessions,
        Feed feed,
        Ledger ledger,
        Runs runs,
        List<Gauge> gauges,
        Books books,
        Upkeep upkeep,
        AutoCloseable connection)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /// The place that the settings name.
    static Storage open(Configuration configuration, Home home, InstantSource clock) {
        return open(configuration, home, clock, Durability.PROCESS_CRASH);
    }

    /// The same.
    ///
    /// @param durability of a SQLite file; a server of databases has its own
    static Storage open(Configuration configuration, Home home, InstantSource clock, Durability durability) {
        Optional<Path> file = file(configuration, home);
        if (file.isPresent()) {
            SqliteSessionStore store = SqliteSessionStore.open(file.get(), clock, durability);
            return new Storage(
                    file.get().toString(),
                    store,
                    store.feed(),
                    store.ledger(),
                    store.runs(limits(configuration)),
                    List.of(),
                    store.books(),
                    store.upkeep(),
                    store);
        }
        PostgresSessionStore.Options options = new PostgresSessionStore.Options(
                        configuration.find(Settings.DATABASE_URL).orElseThrow(),
                        configuration.get(Settings.DATABASE_POOL_SIZE),
                        configuration.get(Settings.WORKER_LEASE))
                .withRedis(configuration.find(Settings.REDIS_URL));
        return of(options.toString(), PostgresSessionStore.open(options), configuration);
    }

    private static Storage of(String place, PostgresSessionStore store, Configuration configuration) {
        return new Storage(
                place,
                store,
                store.feed(),
                store.ledger(),
                store.runs(limits(configuration)),
                store.gauges(),
                store.books(),
                store.upkeep(),
                store);
    }

    /// The same for who waits no longer than this for a server of databases that is away. It is closed with this one.
    Storage within(Duration patience, Configuration configuration) {
        return connection instanceof PostgresSessionStore store
                ? of(place, store.within(patience), configuration)
                : this;
    }

    private static RunLimits limits(Configuration configuration) {
        return new RunLimits(
                configuration.get(Settings.RUNS_PER_USER),
                configuration.get(Settings.RUNS_IN_ALL),
                configuration.get(Settings.QUEUE_LIMIT));
    }

    /// For a process that runs for long: where a command says that the database is away, it waits.
    static Storage awaited(Supplier<Storage> storage) {
        while (true) {
            try {
                return storage.get();
            } catch (SessionException e) {
                if (e.kind() != SessionException.Kind.AWAY
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LOG.warn("{} It is tried again.", e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /// The SQLite file; empty if a server is to be used.
    static Optional<Path> file(Configuration configuration, Home home) {
        Optional<URI> url = configuration.find(Settings.DATABASE_URL);
        if (url.isEmpty()) {
            return Optional.of(home.sessions());
        }
        return url.filter(named -> named.getScheme().equalsIgnoreCase("sqlite"))
                .map(named -> named.getSchemeSpecificPart().replaceFirst("^//(?=/)", ""))
                .map(path -> Path.of(path).toAbsolutePath());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot close " + place, e);
        }
    }

    @Override
    public String toString() {
        return place;
    }
}
