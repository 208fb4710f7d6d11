package dev.fettle.store;

import dev.fettle.core.session.SessionException;
import dev.fettle.store.sql.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Replaces a damaged session database by a sound one with everything that can still be read. The damaged
/// file is kept beside it, byte for byte.
public final class SqliteRepair {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
    /// The database, and the log of changes that have not reached it yet.
    private static final List<String> PARTS = List.of("", "-wal");

    private SqliteRepair() {}

    /// What a repair brought.
    ///
    /// @param damagedCopy the file as it was
    /// @param eventsLost those known to have been there that could not be kept
    public record Repaired(Path damagedCopy, int sessions, long events, long eventsLost) {}

    /// Repairs the file in place. If nothing can be read, an empty database takes its place. Until the last
    /// step the file is only read, so a repair that fails leaves things as they were.
    ///
    /// @throws SessionException of kind `NOT_FOUND` if there is no such file, `BUSY` if a living process has
    ///     a session of it open, `STORAGE` if there is no room for the copies
    public static Repaired repair(Path file, InstantSource clock) {
        if (!Files.isRegularFile(file)) {
            throw new SessionException(
                    SessionException.Kind.NOT_FOUND, "There is no session database %s to repair".formatted(file));
        }
        try {
            Path work = Files.createTempDirectory(file.toAbsolutePath().getParent(), ".repair-");
            try {
                return repair(file, work, STAMP.format(clock.instant()));
            } finally {
                deleteAll(work);
            }
        } catch (IOException e) {
            throw new SessionException(
                    SessionException.Kind.STORAGE,
                    "Cannot repair %s: %s. It takes three times the file's size on disk.".formatted(file, e),
                    e);
        }
    }

    private static Repaired repair(Path file, Path work, String stamp) throws IOException {
        Path old = work.resolve("old.db");
        Path fresh = work.resolve("new.db");
        copy(file, old);
        Salvage.Haul haul = salvage(old, fresh);
        Optional<Owner> user = haul.owners().stream().filter(Owner::isAlive).findFirst();
        if (user.isPresent()) {
            throw new SessionException(
                    SessionException.Kind.BUSY,
                    "Process %d is using %s; stop it, then repair"
                            .formatted(user.get().pid(), file));
        }
        Path damagedCopy = file.resolveSibling(file.getFileName() + ".damaged-" + stamp);
        copy(file, damagedCopy);
        // The old change log must go first: SQLite would apply it to the new file.
        Files.deleteIfExists(part(file, "-wal"));
        Files.deleteIfExists(part(file, "-shm"));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return new Repaired(damagedCopy, haul.sessions(), haul.events(), haul.eventsLost());
    }

    private static Salvage.Haul salvage(Path old, Path fresh) {
        try (Database sound = Database.open(fresh)) {
            Schema.prepare(sound);
            sound.synchronous("full");
            try (Database damaged = Database.open(old)) {
                return new Salvage(readable(damaged), sound).run();
            }
        }
    }

    /// Makes SQLite read on where it would refuse: a file shorter than its header says, for instance.
    private static Database readable(Database damaged) {
        try {
            damaged.pragma("pragma writable_schema = on");
        } catch (SessionException e) {
            // Not even that can be read; the search will find nothing.
        }
        return damaged;
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String suffix : PARTS) {
            if (Files.exists(part(from, suffix))) {
                Files.copy(part(from, suffix), part(to, suffix), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Path part(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(directory);
    }
}
