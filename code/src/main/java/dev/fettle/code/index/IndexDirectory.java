package dev.fettle.code.index;

import dev.fettle.code.source.SourceReader;
import dev.fettle.core.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/// Where indexes are kept, one file for each workspace. All of it may be deleted at any time.
public final class IndexDirectory {
    private static final Duration FORGOTTEN = Duration.ofDays(30);

    private final Path directory;
    private final Walk walk;
    private final InstantSource clock;

    public IndexDirectory(Path directory, Walk walk, InstantSource clock) {
        this.directory = directory;
        this.walk = walk;
        this.clock = clock;
    }

    /// The same, kept elsewhere: for files that are soon gone.
    public IndexDirectory at(Path other) {
        return new IndexDirectory(other, walk, clock);
    }

    /// The index of a workspace, up to date. Whoever opens it closes it.
    ///
    /// @throws IndexException if it cannot be kept here
    public CodeIndex open(Workspace workspace) throws InterruptedException {
        return open(workspace, Progress.NONE);
    }

    /// The same, telling how far it has come.
    public CodeIndex open(Workspace workspace, Progress progress) throws InterruptedException {
        CodeIndex index = asItIs(workspace);
        boolean isReady = false;
        try {
            index.refresh(walk, progress);
            isReady = true;
            return index;
        } finally {
            if (!isReady) {
                index.close();
            }
        }
    }

    /// The index of a workspace as it was when it was last up to date, if ever. Whoever opens it closes it.
    ///
    /// @throws IndexException if it cannot be kept here
    public CodeIndex asItIs(Workspace workspace) {
        Path file = file(workspace);
        try {
            create(directory);
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            } else {
                forgetOld();
            }
        } catch (IOException e) {
            throw new IndexException(file, e);
        }
        return CodeIndex.open(file, workspace, clock);
    }

    /// Nobody else reads what other people's code consists of.
    private static void create(Path directory) throws IOException {
        boolean isPosix =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(
                directory,
                isPosix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0]);
    }

    /// Versions that read files otherwise have files of their own: none has to convert what another has
    /// written.
    private Path file(Workspace workspace) {
        UUID name = UUID.nameUUIDFromBytes(workspace.name().getBytes(StandardCharsets.UTF_8));
        return directory.resolve("%s-%s.db".formatted(name, SourceReader.version()));
    }

    /// Deletes what has not been asked for in a long time.
    private void forgetOld() throws IOException {
        Instant oldest = clock.instant().minus(FORGOTTEN);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path each : files) {
                if (Files.getLastModifiedTime(each).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
