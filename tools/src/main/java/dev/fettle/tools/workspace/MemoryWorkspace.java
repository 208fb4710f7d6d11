package dev.fettle.tools.workspace;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Files in memory, for where there is no disk of one's own and for tests. Has no links, modes or commands.
public final class MemoryWorkspace implements Workspace {
    private static final String NAME = "/memory";

    private sealed interface Node {
        final class File implements Node {
            private final byte[] content;
            private final Instant modified;

            File(byte[] content, Instant modified) {
                this.content = content;
                this.modified = modified;
            }
        }

        record Directory(Instant modified) implements Node {}
    }

    private final InstantSource clock;
    /// By path; guarded by this object's lock.
    private final SortedMap<FilePath, Node> nodes = new TreeMap<>();

    public MemoryWorkspace(InstantSource clock) {
        this.clock = clock;
        nodes.put(FilePath.ROOT, new Node.Directory(clock.instant()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FilePath locate(String path) {
        Deque<String> names = new ArrayDeque<>();
        boolean outside = false;
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                outside |= names.pollLast() == null;
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        if (path.startsWith("/")) {
            outside |= !NAME.substring(1).equals(names.pollFirst());
        }
        if (outside) {
            throw new WorkspaceException(
                    WorkspaceException.Kind.OUTSIDE,
                    "%s is outside the workspace %s. Use a path inside it.".formatted(path, NAME));
        }
        return new FilePath(String.join("/", names));
    }

    @Override
    public synchronized Optional<FileInfo> info(FilePath path) {
        return Optional.ofNullable(nodes.get(path)).map(node -> info(path, node));
    }

    private static FileInfo info(FilePath path, Node node) {
        return switch (node) {
            case Node.File file -> new FileInfo(path, FileInfo.Kind.FILE, file.content.length, file.modified);
            case Node.Directory directory -> new FileInfo(path, FileInfo.Kind.DIRECTORY, 0, directory.modified());
        };
    }

    @Override
    public synchronized List<FileInfo> list(FilePath directory) {
        switch (nodes.get(directory)) {
            case null ->
                throw new WorkspaceException(
                        WorkspaceException.Kind.NOT_FOUND,
                        "Cannot list %s: there is no such file or directory.".formatted(directory));
            case Node.File _ -> throw Refusals.wrongKind("Cannot list %s: it is not a directory.".formatted(directory));
            case Node.Directory _ -> {
                List<FileInfo> children = new ArrayList<>();
                nodes.forEach((path, node) -> {
                    if (!path.isRoot() && path.parent().equals(directory)) {
                        children.add(info(path, node));
                    }
                });
                return children;
            }
        }
    }

    @Override
    public synchronized InputStream open(FilePath file) {
        return new ByteArrayInputStream(file("read", file).content);
    }

    @Override
    public synchronized void write(FilePath file, byte[] content) {
        put("write", file, content.clone());
    }

    @Override
    public synchronized void replace(FilePath file, Optional<byte[]> known, byte[] content) {
        Optional<byte[]> found =
                nodes.get(file) instanceof Node.File there ? Optional.of(there.content) : Optional.empty();
        if (!Arrays.equals(found.orElse(null), known.orElse(null))) {
            throw Refusals.changed(file);
        }
        write(file, content);
    }

    @Override
    public synchronized void move(FilePath from, FilePath to) {
        if (Refusals.isInGit(from)) {
            throw Refusals.git("move", from);
        }
        put("write", to, file("move", from).content);
        if (!from.equals(to)) {
            nodes.remove(from);
        }
    }

    @Override
    public synchronized void delete(FilePath file) {
        if (Refusals.isInGit(file)) {
            throw Refusals.git("delete", file);
        }
        file("delete", file);
        nodes.remove(file);
    }

    @Override
    public Shell shell() {
        return MemoryWorkspace::noCommands;
    }

    private static Shell.Result noCommands(Shell.Command command, Consumer<String> live) {
        throw new WorkspaceException(
                WorkspaceException.Kind.UNSUPPORTED,
                "Cannot run a command: this workspace is in memory and has no shell. Use the file tools instead.");
    }

    private Node.File file(String verb, FilePath path) {
        return switch (nodes.get(path)) {
            case null -> throw Refusals.notFound(verb, path);
            case Node.Directory _ -> throw Refusals.wrongKind("Cannot %s %s: it is a directory.".formatted(verb, path));
            case Node.File file -> file;
        };
    }

    private void put(String verb, FilePath file, byte[] content) {
        if (Refusals.isInGit(file)) {
            throw Refusals.git(verb, file);
        }
        if (nodes.get(file) instanceof Node.Directory) {
            throw Refusals.wrongKind("Cannot %s %s: it is a directory.".formatted(verb, file));
        }
        for (FilePath above = file.parent(); !above.isRoot(); above = above.parent()) {
            if (nodes.get(above) instanceof Node.File) {
                throw Refusals.wrongKind("Cannot %s %s: %s is a file, not a directory.".formatted(verb, file, above));
            }
        }
        for (FilePath above = file.parent(); !above.isRoot(); above = above.parent()) {
            nodes.putIfAbsent(above, new Node.Directory(clock.instant()));
        }
        nodes.put(file, new Node.File(content, clock.instant()));
    }
}
