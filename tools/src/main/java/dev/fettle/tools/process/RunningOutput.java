package dev.fettle.tools.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a command prints, kept line by line while it runs, so that it can still be read when the process that
/// ran it has died. Commands that end at once leave no trace of it. It goes away with the command. A full
/// disk takes this, not the command. Safe for the two threads that read and wait.
final class RunningOutput implements AutoCloseable {
    private static final int MOST_CHARACTERS = 16 * 1024;

    private final Path file;
    private final OutputDirectory place;
    private final StringBuilder pending = new StringBuilder();
    private int kept;
    private boolean isOpened;
    private @Nullable OutputStream out;

    RunningOutput(OutputDirectory place, String script) {
        this.place = place;
        this.file = file(place, script);
    }

    private void open() {
        isOpened = true;
        try {
            Files.createDirectories(
                    place.path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            out = Files.newOutputStream(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | UnsupportedOperationException e) {
            out = null;
        }
    }

    /// Two commands with the same script that run at once share a file; then less can be said of both.
    private static Path file(OutputDirectory place, String script) {
        return place.path()
                .resolve("running-%s.txt".formatted(UUID.nameUUIDFromBytes(script.getBytes(StandardCharsets.UTF_8))));
    }

    /// What is left of a run that nobody ended.
    static Optional<String> left(OutputDirectory place, String script) {
        try {
            return Optional.of(Files.readString(file(place, script)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    synchronized void append(String piece) {
        if (kept + pending.length() <= MOST_CHARACTERS) {
            pending.append(piece);
        }
    }

    /// Writes down the lines that are whole. To be called now and then while the command runs.
    synchronized void keep() {
        if (!isOpened) {
            open();
        }
        int end = pending.lastIndexOf("\n") + 1;
        if (out != null && end > 0) {
            String whole = place.mask().apply(pending.substring(0, end));
            pending.delete(0, end);
            kept += whole.length();
            write(whole);
        }
    }

    private void write(String text) {
        try {
            if (out != null) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (out != null) {
                out.close();
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It will be overwritten by the next command like it.
        }
        out = null;
    }
}
