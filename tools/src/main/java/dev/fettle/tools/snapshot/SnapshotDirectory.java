package dev.fettle.tools.snapshot;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.StoredSnapshots;
import dev.fettle.tools.snapshot.object.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Where the sessions' repositories are: one directory for each, so that a session is deleted without
/// asking what others still need.
record SnapshotDirectory(Path path) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String DELETED = "deleted-";

    /// Names the files of a tree on this machine, as it was started last: elsewhere the same path is another tree.
    private static String filesKey(Path tree) throws IOException {
        String boot = Files.isReadable(BOOT) ? Files.readString(BOOT) : "";
        return hash(boot + tree);
    }

    private static String hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ObjectId.fromRaw(Constants.newMessageDigest().digest(bytes)).name();
    }

    Path real() throws IOException {
        return path.toRealPath();
    }

    SessionRepository repository(SessionId session) {
        return new SessionRepository(session, path.resolve(session.value()));
    }

    /// The session's repository, made if there is none.
    SessionRepository made(SessionId session, Path tree) throws IOException {
        SessionRepository repository = repository(session);
        if (!repository.exists()) {
            Files.createDirectories(path, DurableFile.PRIVATE_DIRECTORY);
            repository.create();
            Optional<SessionId> last = inheritance(tree).last();
            if (last.isPresent()) {
                SessionRepository from = repository(last.get());
                Inheritance.inherit(from, repository, filesKey(tree));
            }
        }
        return repository;
    }

    /// Where it is remembered what the files of a tree looked like.
    static Path indexFile(SessionRepository repository, Path tree) throws IOException {
        return repository.indexFile(filesKey(tree));
    }

    Inheritance inheritance(Path tree) {
        return new Inheritance(path.resolve("trees").resolve(hash(tree.toString())));
    }

    /// Takes the name away first, so that nobody finds half a repository.
    void delete(SessionId session) throws IOException {
        Path condemned = path.resolve(DELETED + UUID.randomUUID());
        try {
            Files.move(path.resolve(session.value()), condemned);
        } catch (NoSuchFileException e) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path, DELETED + "*")) {
            // Also what others began to delete and could not finish.
            for (Path each : all) {
                remove(each);
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    List<StoredSnapshots> stored() throws IOException {
        List<StoredSnapshots> all = new ArrayList<>();
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> sessions = Files.newDirectoryStream(path, "ses_*")) {
                for (Path each : sessions) {
                    stored(each).ifPresent(all::add);
                }
            }
        }
        all.sort(Comparator.comparing(StoredSnapshots::latest).reversed());
        return all;
    }

    private Optional<StoredSnapshots> stored(Path repository) throws IOException {
        Optional<SessionId> session = session(repository.getFileName().toString());
        Optional<Instant> changed =
                session.isEmpty() ? Optional.empty() : repository(session.get()).changed();
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new StoredSnapshots(session.orElseThrow(), size(repository), changed.get()));
    }

    /// Empty if somebody else has put this here.
    static Optional<SessionId> session(String name) {
        try {
            return Optional.of(new SessionId(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long size(Path directory) throws IOException {
        AtomicLong size = new AtomicLong();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                size.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return size.get();
    }
}
