package dev.fettle.tools.workspace;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/// Resolves paths the way the kernel does, one component and one link at a time, and lets none leave the root.
///
/// `toRealPath` would not do: it fails for files that do not exist yet. Lexical normalising would not do
/// either: `link/..` is not where `link` is.
///
/// @param root absolute and free of links
public record Jail(Path root) {
    /// Linux gives up after as many.
    private static final int MOST_LINKS = 40;

    /// The absolute path without links that `path` means; it need not exist.
    ///
    /// @throws WorkspaceException of kind `OUTSIDE` if it ends outside the root
    public Path resolve(String path) {
        Path given = parse(path);
        Path current = given.isAbsolute() ? fileSystemRoot() : root;
        Deque<Path> pending = new ArrayDeque<>();
        push(pending, given);
        int links = 0;
        while (!pending.isEmpty()) {
            String name = pending.pop().toString();
            if (name.equals("..")) {
                Path above = current.getParent();
                current = above == null ? current : above;
                continue;
            }
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            Path next = current.resolve(name);
            if (!Files.isSymbolicLink(next)) {
                current = next;
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new WorkspaceException(
                        WorkspaceException.Kind.IO,
                        "Cannot follow %s: its symbolic links go round in a loop.".formatted(path));
            }
            Path target = target(path, next);
            push(pending, target);
            current = target.isAbsolute() ? fileSystemRoot() : current;
        }
        if (!current.startsWith(root)) {
            throw new WorkspaceException(
                    WorkspaceException.Kind.OUTSIDE,
                    "%s is outside the workspace %s. Use a path inside it.".formatted(path, root));
        }
        return current;
    }

    FilePath located(Path resolved) {
        return new FilePath(root.relativize(resolved).toString());
    }

    private static Path parse(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new WorkspaceException(
                    WorkspaceException.Kind.NOT_FOUND,
                    "Not a path this system can name: %s (%s)".formatted(path.replace('\0', '?'), e.getReason()),
                    e);
        }
    }

    private static Path target(String path, Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            throw Refusals.io("follow", path, e);
        }
    }

    private static Path fileSystemRoot() {
        return FileSystems.getDefault().getRootDirectories().iterator().next();
    }

    private static void push(Deque<Path> pending, Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            pending.push(path.getName(i));
        }
    }
}
