package dev.fettle.app.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Fettle's own directory: settings, sessions, the user's standing instructions. `FETTLE_HOME`, or `~/.fettle`.
record Home(Path directory) {
    static Home of(Map<String, String> environment) {
        String named = environment.getOrDefault("FETTLE_HOME", "");
        return new Home(
                named.isBlank()
                        ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".fettle")
                        : Path.of(named).toAbsolutePath());
    }

    Path sessions() {
        return directory.resolve("sessions.db");
    }

    /// Where output of commands is kept that is too long to show.
    Path output() {
        return directory.resolve("output");
    }

    Optional<String> instructions() {
        Path file = directory.resolve("AGENTS.md");
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
