package dev.fettle.tools.workspace;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/// How a workspace says no, in words a model can act on.
final class Refusals {
    private Refusals() {}

    static WorkspaceException io(String verb, String path, IOException e) {
        WorkspaceException.Kind kind = e instanceof NoSuchFileException
                ? WorkspaceException.Kind.NOT_FOUND
                : e instanceof NotDirectoryException ? WorkspaceException.Kind.WRONG_KIND : WorkspaceException.Kind.IO;
        return new WorkspaceException(kind, "Cannot %s %s: %s.".formatted(verb, path, reason(e)), e);
    }

    /// `java.io` streams tell a missing file and a forbidden one apart only in their message.
    static WorkspaceException unopenable(String verb, String path, Path real, IOException e) {
        return Files.exists(real) && !Files.isReadable(real) ? denied(verb, path) : io(verb, path, e);
    }

    static WorkspaceException denied(String verb, String path) {
        return new WorkspaceException(
                WorkspaceException.Kind.IO, "Cannot %s %s: permission denied.".formatted(verb, path));
    }

    static WorkspaceException notFound(String verb, FilePath file) {
        return new WorkspaceException(
                WorkspaceException.Kind.NOT_FOUND, "Cannot %s %s: there is no such file.".formatted(verb, file));
    }

    static WorkspaceException changed(FilePath file) {
        return new WorkspaceException(
                WorkspaceException.Kind.CHANGED,
                "Conflict: somebody else changed %s at the same time. Read it again, then repeat the change."
                        .formatted(file));
    }

    static WorkspaceException wrongKind(String message) {
        return new WorkspaceException(WorkspaceException.Kind.WRONG_KIND, message);
    }

    static WorkspaceException git(String verb, FilePath file) {
        return new WorkspaceException(
                WorkspaceException.Kind.READ_ONLY,
                "Cannot %s %s: files inside .git belong to git. Use git commands instead.".formatted(verb, file));
    }

    /// Whatever its case: some file systems do not tell `.GIT` from `.git`.
    static boolean isInGit(FilePath file) {
        return ("/" + file.value() + "/").toLowerCase(Locale.ROOT).contains("/.git/");
    }

    /// The kernel's `ENOTDIR`, which the JDK has no type for.
    static boolean isBelowAFile(IOException e) {
        return e instanceof FileSystemException failure && "Not a directory".equals(failure.getReason());
    }

    private static String reason(IOException e) {
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
        // `java.io` puts the path in front: `/x/y (Permission denied)`.
        int open = words.lastIndexOf('(');
        String reason = open >= 0 && words.endsWith(")") ? words.substring(open + 1, words.length() - 1) : words;
        return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }
}
