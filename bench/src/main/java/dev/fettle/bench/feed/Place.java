package dev.fettle.bench.feed;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.session.SessionStore;
import dev.fettle.store.SqliteSessionStore;
import dev.fettle.store.postgres.PostgresSessionStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Where sessions are, as a process of its own opens it.
record Place(SessionStore sessions, Feed feed, AutoCloseable store) {

    /// A place by its address.
    ///
    /// @param address a URL of PostgreSQL, with one of Redis behind a space if there is one; or a file
    static Place open(String address) {
        String[] words = address.split(" ", 2);
        if (!words[0].startsWith("postgresql:")) {
            SqliteSessionStore store = SqliteSessionStore.open(
                    Path.of(address), InstantSource.system(), SqliteSessionStore.Durability.POWER_LOSS);
            return new Place(store, store.feed(), store);
        }
        PostgresSessionStore store =
                PostgresSessionStore.open(new PostgresSessionStore.Options(URI.create(words[0]), 10)
                        .withRedis(words.length > 1 ? Optional.of(URI.create(words[1])) : Optional.empty()));
        return new Place(store, store.feed(), store);
    }
}
