package dev.fettle.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Which files of projects the user has said are theirs: by place and content, so that a change asks again.
///
/// @param register a file in Fettle's home, a line `SHA-256  PATH` for each
public record TrustedFiles(Path register) {

    public boolean contains(Path file) {
        try {
            return Files.isRegularFile(register) && Files.readAllLines(register).contains(line(file));
        } catch (IOException e) {
            return false;
        }
    }

    /// From here on the file counts as the user's own, as long as it stays as it is.
    public void add(Path file) {
        try {
            Files.createDirectories(register.toAbsolutePath().resolveSibling(""));
            Files.writeString(
                    register,
                    line(file) + System.lineSeparator(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot note in " + register + " that " + file + " is trusted", e);
        }
    }

    private static String line(Path file) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(hash) + "  " + file.toRealPath();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
