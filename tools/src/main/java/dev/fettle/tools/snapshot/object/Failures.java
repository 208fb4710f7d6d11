package dev.fettle.tools.snapshot.object;

import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.SnapshotException.Kind;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// What went wrong with files, in sentences that name the path and the remedy.
public final class Failures {
    private static final String FULL = "No space left on device";

    private Failures() {}

    public static SnapshotException storage(Path directory, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new SnapshotException(
                    Kind.NOT_FOUND,
                    "A part of this snapshot is gone from %s (%s). Restore the directory from a backup, or go on without the snapshot."
                            .formatted(directory, e.getMessage()),
                    e);
        }
        String remedy = e instanceof AccessDeniedException
                ? "Make it writable for this user, or choose another directory for snapshots."
                : "Free space there or repair it, or choose another directory for snapshots.";
        return new SnapshotException(
                Kind.STORAGE, "Cannot keep snapshots in %s: %s. %s".formatted(directory, reason(e), remedy), e);
    }

    public static SnapshotException tree(String verb, Path tree, IOException e) {
        if (!Files.isDirectory(tree)) {
            return new SnapshotException(
                    Kind.TREE, WorkspaceException.gone(tree).getMessage(), e);
        }
        return new SnapshotException(
                Kind.TREE,
                "Cannot %s the working tree %s: %s. Make space there, or give this user access to it."
                        .formatted(verb, tree, reason(e)),
                e);
    }

    /// After these, nothing else in the tree can be written either.
    public static boolean isFull(IOException e) {
        String words = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return words != null && (words.contains(FULL) || words.contains("quota"));
    }

    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        String words = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        if (words == null || words.isBlank()) {
            return e.getClass().getSimpleName();
        }
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }
}
