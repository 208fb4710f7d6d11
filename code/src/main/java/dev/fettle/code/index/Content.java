package dev.fettle.code.index;

import dev.fettle.code.source.Language;
import dev.fettle.code.source.SourceReader;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// A file's bytes and what they are known by.
final class Content {
    private static final int HASH_BYTES = 16;

    private final FileInfo file;
    private final Language language;
    private final byte[] bytes;
    private final String hash;

    private Content(FileInfo file, Language language, byte[] bytes) {
        this.file = file;
        this.language = language;
        this.bytes = bytes;
        this.hash = hash(bytes);
    }

    /// Reads a file; empty if it has gone or cannot be read.
    static Optional<Content> of(Workspace workspace, FileInfo file, Language language) {
        try (InputStream in = workspace.open(file.path())) {
            byte[] bytes = in.readNBytes(SourceReader.MOST_BYTES + 1);
            return Optional.of(new Content(file, language, bytes));
        } catch (IOException | WorkspaceException e) {
            return Optional.empty();
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(Arrays.copyOf(whole, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    FileInfo file() {
        return file;
    }

    Language language() {
        return language;
    }

    /// At most one more than are ever parsed.
    byte[] bytes() {
        return bytes;
    }

    String hash() {
        return hash;
    }
}
