package dev.fettle.tools.workspace;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A directory on this machine that files cannot be read or written outside of.
///
/// Every operation resolves its path again, so a link that appears between two calls is caught as well. What
/// remains is the moment between resolving and opening; who can win that race runs commands here already.
/// Files are opened in ways that a thread's interruption does not break off.
public final class LocalWorkspace implements Workspace {
    private final Jail jail;
    private final Shell shell;

    /// A workspace in an existing directory.
    ///
    /// @throws WorkspaceException if there is no such directory
    public LocalWorkspace(Path root, Shell shell) {
        try {
            this.jail = new Jail(root.toRealPath());
        } catch (IOException e) {
            throw Refusals.io("work in", root.toString(), e);
        }
        if (!Files.isDirectory(root)) {
            throw Refusals.wrongKind("Cannot work in %s: it is not a directory.".formatted(root));
        }
        this.shell = shell;
    }

    @Override
    public String name() {
        return jail.root().toString();
    }

    @Override
    public Optional<String> obstacle() {
        return Files.isDirectory(jail.root())
                ? Optional.empty()
                : Optional.of(WorkspaceException.gone(jail.root()).getMessage());
    }

    @Override
    public FilePath locate(String path) {
        return jail.located(jail.resolve(path));
    }

    @Override
    public Optional<FileInfo> info(FilePath path) {
        Path real = jail.resolve(path.value());
        try {
            return Optional.of(info(path, Files.readAttributes(real, BasicFileAttributes.class)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (Refusals.isBelowAFile(e)) {
                return Optional.empty();
            }
            throw Refusals.io("look at", path.toString(), e);
        }
    }

    private static FileInfo info(FilePath path, BasicFileAttributes attributes) {
        FileInfo.Kind kind = attributes.isRegularFile()
                ? FileInfo.Kind.FILE
                : attributes.isDirectory()
                        ? FileInfo.Kind.DIRECTORY
                        : attributes.isSymbolicLink() ? FileInfo.Kind.LINK : FileInfo.Kind.OTHER;
        long size = kind == FileInfo.Kind.FILE ? attributes.size() : 0;
        return new FileInfo(path, kind, size, attributes.lastModifiedTime().toInstant());
    }

    @Override
    public List<FileInfo> list(FilePath directory) {
        Path real = jail.resolve(directory.value());
        if (Files.exists(real) && !Files.isDirectory(real)) {
            throw Refusals.wrongKind("Cannot list %s: it is not a directory.".formatted(directory));
        }
        List<FileInfo> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
            for (Path entry : entries) {
                child(directory, entry).ifPresent(children::add);
            }
        } catch (DirectoryIteratorException e) {
            throw Refusals.io("list", directory.toString(), Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw Refusals.io("list", directory.toString(), e);
        }
        children.sort((a, b) -> a.path().compareTo(b.path()));
        return children;
    }

    /// Empty if it vanished while its directory was being listed.
    private static Optional<FileInfo> child(FilePath directory, Path entry) throws IOException {
        try {
            return Optional.of(info(
                    directory.resolve(entry.getFileName().toString()),
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(FilePath file) {
        Path real = regularFile(file, "read");
        try {
            return new FileInputStream(real.toFile());
        } catch (IOException e) {
            throw Refusals.unopenable("read", file.toString(), real, e);
        }
    }

    @Override
    public void write(FilePath file, byte[] content) {
        Path real = writable(file);
        try {
            createParent(file, real);
            AtomicFile.write(real, content);
        } catch (IOException e) {
            throw Refusals.io("write", file.toString(), e);
        }
    }

    @Override
    public void replace(FilePath file, Optional<byte[]> known, byte[] content) {
        Path real = writable(file);
        try {
            if (known.isEmpty()) {
                createParent(file, real);
            }
            boolean isDone = known.isPresent()
                    ? AtomicFile.replace(real, known.get(), content)
                    : AtomicFile.create(real, content);
            if (!isDone) {
                throw Refusals.changed(file);
            }
        } catch (IOException e) {
            throw Refusals.io("write", file.toString(), e);
        }
    }

    private Path writable(FilePath file) {
        Path real = jail.resolve(file.value());
        refuseGit("write", file, real);
        if (Files.exists(real)) {
            requireRegularFile("write", file, real);
            if (!Files.isWritable(real)) {
                throw Refusals.denied("write", file.toString());
            }
        }
        return real;
    }

    @Override
    public void move(FilePath from, FilePath to) {
        Path source = regularFile(from, "move");
        Path target = jail.resolve(to.value());
        refuseGit("move", from, source);
        refuseGit("write", to, target);
        if (Files.exists(target)) {
            requireRegularFile("replace", to, target);
        }
        try {
            createParent(to, target);
            rename(source, target);
        } catch (IOException e) {
            throw Refusals.io("move", "%s to %s".formatted(from, to), e);
        }
    }

    private static void rename(Path source, Path target) throws IOException {
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void delete(FilePath file) {
        Path real = regularFile(file, "delete");
        refuseGit("delete", file, real);
        try {
            Files.delete(real);
        } catch (IOException e) {
            throw Refusals.io("delete", file.toString(), e);
        }
    }

    @Override
    public Shell shell() {
        return shell;
    }

    private Path regularFile(FilePath file, String verb) {
        Path real = jail.resolve(file.value());
        if (!Files.exists(real)) {
            throw info(file).isEmpty() ? Refusals.notFound(verb, file) : Refusals.denied(verb, file.toString());
        }
        requireRegularFile(verb, file, real);
        return real;
    }

    /// Anything else could block for ever, or not be a thing one replaces.
    private static void requireRegularFile(String verb, FilePath file, Path real) {
        if (Files.isDirectory(real)) {
            throw Refusals.wrongKind("Cannot %s %s: it is a directory.".formatted(verb, file));
        }
        if (!Files.isRegularFile(real)) {
            throw Refusals.wrongKind(
                    "Cannot %s %s: it is a pipe, socket or device, not a regular file.".formatted(verb, file));
        }
    }

    private void createParent(FilePath file, Path real) throws IOException {
        Path above = real.getParent();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        if (above != null && !Files.isDirectory(above)) {
            throw Refusals.wrongKind(
                    "Cannot write %s: %s is a file, not a directory.".formatted(file, jail.located(above)));
        }
        Files.createDirectories(Objects.requireNonNull(real.getParent()));
    }

    private void refuseGit(String verb, FilePath file, Path real) {
        if (Refusals.isInGit(jail.located(real))) {
            throw Refusals.git(verb, file);
        }
    }
}
