package dev.fettle.tools.workspace;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/// Replaces a file in one step: readers see the old content or the new, and a failure leaves the old.
final class AtomicFile {
    private AtomicFile() {}

    static void write(Path file, byte[] content) throws IOException {
        drafted(file, content, draft -> Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE));
    }

    /// Makes a file where there is none.
    ///
    /// @return false if there is one; it stays as it is
    static boolean create(Path file, byte[] content) throws IOException {
        try {
            drafted(file, content, draft -> appear(draft, file));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /// Unlike a rename, a link never replaces anything.
    private static void appear(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
            Files.delete(draft);
        } catch (UnsupportedOperationException e) {
            Files.move(draft, file);
        }
    }

    /// Replaces the file if it holds what is known of it. From looking to replacing it is locked (fcntl(2),
    /// F_SETLK), which keeps out everybody who comes through here, in other processes too. Whoever finds it
    /// locked gives up at once: what is known of it is about to be wrong.
    ///
    /// Programs that know nothing of locks can still write between the look and the renaming, a few
    /// microseconds.
    ///
    /// @return false if it holds something else, or is being replaced; it stays as it is
    static boolean replace(Path file, byte[] known, byte[] content) throws IOException {
        try {
            Object before = key(file);
            try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
                // The lock is on what was opened, and by now that may no longer be what has the name.
                if (!lock(opened) || !before.equals(key(file)) || !holds(opened, known)) {
                    return false;
                }
                write(file, content);
                return true;
            }
        } catch (FileNotFoundException | NoSuchFileException e) {
            return false;
        }
    }

    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    private static boolean holds(RandomAccessFile file, byte[] known) throws IOException {
        if (file.length() != known.length) {
            return false;
        }
        byte[] found = new byte[known.length];
        file.readFully(found);
        return Arrays.equals(found, known);
    }

    /// Until the file is closed. Where the file system has no locks, nobody gets any.
    private static boolean lock(RandomAccessFile file) {
        try {
            return file.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private interface Placing {
        void place(Path draft) throws IOException;
    }

    private static void drafted(Path file, byte[] content, Placing placing) throws IOException {
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
            placing.place(draft);
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
