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

/// What a command prints, kept line by line while it runs, so that it can still be read when the process that ran it
/// has
/// died. It goes away with the command. A full disk takes this, not the command.
final class RunningOutput implements AutoCloseable {
    private static final int MOST_CHARACTERS = 16 * 1024;

    private final Path file;
    private final OutputDirectory place;
    private final StringBuilder line = new StringBuilder();
    private int written;
    private @Nullable OutputStream out;

    RunningOutput(OutputDirectory place, String script) {
        this.place = place;
        this.file = file(place, script);
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

    void append(String piece) {
        if (out == null || written > MOST_CHARACTERS) {
            return;
        }
        line.append(piece);
        int end = line.lastIndexOf("\n") + 1;
        if (end > 0) {
            String whole = place.mask().apply(line.substring(0, end));
            line.delete(0, end);
            written += whole.length();
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
    public void close() {
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
