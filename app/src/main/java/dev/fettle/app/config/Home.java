package dev.fettle.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/// Fettle's own directory: settings, sessions, the user's standing instructions. `FETTLE_HOME`, or `~/.fettle`.
public record Home(Path directory) {
    private static final int KEY_BYTES = 32;

    /// The home that an environment names.
    public static Home of(Map<String, String> environment) {
        String named = environment.getOrDefault("FETTLE_HOME", "");
        return new Home(
                named.isBlank()
                        ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".fettle")
                        : Path.of(named).toAbsolutePath());
    }

    /// The database, unless another is configured.
    public Path sessions() {
        return directory.resolve("sessions.db");
    }

    /// Where output of commands is kept that is too long to show.
    public Path output() {
        return directory.resolve("output");
    }

    /// Where is kept what source files consist of, to be found again when it is deleted.
    public Path indexes() {
        return directory.resolve("cache").resolve("code");
    }

    /// Where working trees of queued runs are kept, unless `SNAPSHOT_DIR` names a place that all workers share.
    public Path snapshots() {
        return directory.resolve("snapshots");
    }

    /// Dated as the last clean-up of a sitting.
    public Path cleaned() {
        return directory.resolve("cleaned");
    }

    /// Where is kept what turns at a terminal have changed.
    public Path turns() {
        return directory.resolve("turns");
    }

    /// Where sessions have trees of their own.
    public Path worktrees() {
        return directory.resolve("worktrees");
    }

    /// The key for fingerprints of secrets where machines share a `SECRET_KEY`, so that all know a secret again.
    public static byte[] secretsKey(String shared) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(("fingerprints of secrets\0" + shared).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /// The key for fingerprints of secrets, made when it is first needed; nobody else can read it.
    public byte[] secretsKey() {
        Path file = directory.resolve("secrets.key");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(directory);
                byte[] key = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(key);
                Path fresh = Files.createTempFile(directory, "secrets", ".key");
                Files.write(fresh, key);
                keepFirst(fresh, file);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the key for fingerprints of secrets in " + file, e);
        }
    }

    /// Of two processes that start together, both use the key of one.
    private static void keepFirst(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // The other's key it is.
        } finally {
            Files.delete(fresh);
        }
    }

    /// The user's standing instructions, for all projects.
    public Optional<String> instructions() {
        return text(instructionsFile());
    }

    /// Where they are, if there are any.
    public Path instructionsFile() {
        return directory.resolve("AGENTS.md");
    }

    /// What the user knows better about models and their prices.
    public Optional<String> models() {
        return text(directory.resolve("models.json"));
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
