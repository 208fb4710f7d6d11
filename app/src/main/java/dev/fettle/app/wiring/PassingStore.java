package dev.fettle.app.wiring;

import dev.fettle.core.session.SessionStore;
import dev.fettle.store.SqliteSessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;

/// Sessions that nobody will ask for again: they go away with the program.
final class PassingStore implements AutoCloseable {
    private final Path directory;
    private final SqliteSessionStore store;

    PassingStore(InstantSource clock) {
        try {
            directory = Files.createTempDirectory("fettle-replay-");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write into the temporary directory", e);
        }
        store = SqliteSessionStore.open(directory.resolve("sessions.db"), clock);
    }

    SessionStore sessions() {
        return store;
    }

    @Override
    public void close() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
