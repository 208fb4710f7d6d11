package dev.fettle.tools.workspace;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;
import java.util.UUID;

/// Replaces a file in one step: readers see the old content or the new, and a failure leaves the old.
final class AtomicFile {
    private AtomicFile() {}

    static void write(Path file, byte[] content) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent());
        // Its own short name: the file's name with a suffix could be longer than a name may be.
        Path draft = directory.resolve(".fettle-" + UUID.randomUUID() + ".tmp");
        try {
            try (OutputStream out = new FileOutputStream(draft.toFile())) {
                out.write(content);
            }
            if (Files.exists(file)) {
                copyMode(file, draft);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    private static void copyMode(Path from, Path to) throws IOException {
        PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source == null || target == null) {
            return;
        }
        PosixFileAttributes mode = source.readAttributes();
        keepOwner(mode, target);
        target.setPermissions(mode.permissions());
    }

    /// Matters when Fettle runs as root on somebody's files. Who may not give files away keeps them.
    private static void keepOwner(PosixFileAttributes mode, PosixFileAttributeView target) throws IOException {
        PosixFileAttributes own = target.readAttributes();
        try {
            if (!own.group().equals(mode.group())) {
                target.setGroup(mode.group());
            }
            if (!own.owner().equals(mode.owner())) {
                target.setOwner(mode.owner());
            }
        } catch (IOException e) {
            return;
        }
    }
}
