package dev.fettle.tools.process;

import dev.fettle.core.text.ShellWord;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A file for output that is too long to show, readable by its owner only.
///
/// It is named after its content: the same output gives the same name, so that a model which repeats itself
/// is recognised, and the same output twice takes room once.
final class Spool {
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final Path directory;
    private final UnaryOperator<String> mask;
    private final WholeLines pending = new WholeLines();
    private final MessageDigest digest = sha256();
    private long written;
    private boolean isTruncated;
    private @Nullable Path draft;
    private @Nullable OutputStream out;

    /// What became of the file.
    ///
    /// @param file its path, empty if it could not be written
    /// @param words how to look into it
    record Kept(Optional<String> file, Optional<Words> words) {}

    /// How to look into the file.
    record Words(String path, boolean isTruncated) {
        String forLines(long first, long count) {
            return "%s; see a part with: sed -n '%d,%dp' %s"
                    .formatted(what(), first, first + Math.min(count, 100) - 1, path);
        }

        String forBytes(long after) {
            return "%s; see a part with: tail -c +%d %s | head -c 10000".formatted(what(), after + 1, path);
        }

        private String what() {
            return isTruncated
                    ? String.format(Locale.ROOT, "the first %d MB: %s", MOST_BYTES >> 20, path)
                    : "full output: " + path;
        }
    }

    Spool(OutputDirectory place) {
        this.directory = place.path();
        this.mask = place.mask();
    }

    void open() {
        try {
            Files.createDirectories(directory, ownerOnly("rwx------"));
            Path file = directory.resolve(".output-" + UUID.randomUUID() + ".tmp");
            Files.createFile(file, ownerOnly("rw-------"));
            draft = file;
            out = new BufferedOutputStream(new FileOutputStream(file.toFile()));
        } catch (IOException e) {
            discard();
        }
    }

    void append(String piece) {
        if (out != null && !isTruncated) {
            pending.append(piece);
            write(mask.apply(pending.take()));
        }
    }

    private void write(String text) {
        if (out == null || isTruncated || text.isEmpty()) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int room = (int) Math.min(bytes.length, MOST_BYTES - written);
        isTruncated = room < bytes.length;
        try {
            out.write(bytes, 0, room);
            digest.update(bytes, 0, room);
            written += room;
        } catch (IOException e) {
            discard();
        }
    }

    Kept close() {
        write(mask.apply(pending.takeAll()));
        if (out == null || draft == null) {
            return new Kept(Optional.empty(), Optional.empty());
        }
        try {
            out.close();
            String name = "output-%s.txt".formatted(HexFormat.of().formatHex(digest.digest(), 0, 8));
            Path file = Files.move(draft, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            return new Kept(
                    Optional.of(file.toString()),
                    Optional.of(new Words(ShellWord.quoted(file.toString()), isTruncated)));
        } catch (IOException e) {
            discard();
            return new Kept(Optional.empty(), Optional.empty());
        }
    }

    /// A full disk takes the full output, not the command's result.
    private void discard() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            // It could not be flushed either; the file goes.
        }
        try {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            // Whoever cleans the spool directory finds it.
        }
        out = null;
        draft = null;
    }

    private FileAttribute<?>[] ownerOnly(String mode) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
