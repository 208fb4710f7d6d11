package dev.fettle.tools.kept;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.core.workspace.kept.TreeFiles;
import dev.fettle.core.workspace.kept.TreeSize;
import dev.fettle.tools.archive.Packing;
import dev.fettle.tools.quota.TreeMeasure;
import dev.fettle.tools.snapshot.tree.OpenDirectory;
import dev.fettle.tools.workspace.Jail;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Reads directories of this machine from directories that are held open, a name at a time. A path is never handed to
/// the kernel whole: the agent that works there could put a link into its middle between a look and the opening, and
/// this process may read more than the agent may.
public final class LocalTreeFiles implements TreeFiles {
    private static final String GIT = ".git";
    /// Each level holds a descriptor.
    private static final int DEEPEST = 100;

    /// Where in a tree somebody is.
    private record Place(SecureDirectoryStream<Path> open, Path real, FilePath path, int depth) {}

    @Override
    public Listing list(Path tree, FilePath below, int most) {
        List<FileInfo> found = new ArrayList<>();
        try (SecureDirectoryStream<Path> root = OpenDirectory.root(tree)) {
            boolean isComplete = within(root, below, open -> list(new Place(open, tree, below, 0), found, most));
            return new Listing(found, isComplete);
        } catch (IOException e) {
            throw unreadable(below, e);
        }
    }

    private interface Work<T> {
        T on(SecureDirectoryStream<Path> open) throws IOException;
    }

    /// Opens one directory after the other; all are closed again.
    private static <T> T within(SecureDirectoryStream<Path> from, FilePath path, Work<T> work) throws IOException {
        if (path.isRoot()) {
            return work.on(from);
        }
        int slash = path.value().indexOf('/');
        String name = slash < 0 ? path.value() : path.value().substring(0, slash);
        FilePath rest = slash < 0 ? FilePath.ROOT : new FilePath(path.value().substring(slash + 1));
        try (SecureDirectoryStream<Path> child = OpenDirectory.child(from, name)) {
            return within(child, rest, work);
        }
    }

    private static boolean list(Place place, List<FileInfo> found, int most) throws IOException {
        for (String name : names(place)) {
            if (found.size() >= most) {
                return false;
            }
            Optional<PosixFileAttributes> facts = facts(place.open(), name);
            if (facts.isEmpty()) {
                continue;
            }
            FilePath path = place.path().resolve(name);
            found.add(info(path, facts.get()));
            boolean isEntered = facts.get().isDirectory() && !name.equals(GIT) && place.depth() < DEEPEST;
            if (isEntered && !entered(place, name, below -> list(below, found, most))) {
                return false;
            }
        }
        return true;
    }

    private static FileInfo info(FilePath path, BasicFileAttributes facts) {
        FileInfo.Kind kind = facts.isSymbolicLink()
                ? FileInfo.Kind.LINK
                : facts.isDirectory()
                        ? FileInfo.Kind.DIRECTORY
                        : facts.isRegularFile() ? FileInfo.Kind.FILE : FileInfo.Kind.OTHER;
        long size = kind == FileInfo.Kind.FILE ? facts.size() : 0;
        return new FileInfo(path, kind, size, facts.lastModifiedTime().toInstant());
    }

    private static List<String> names(Place place) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (Path each : place.open()) {
                Path name = Objects.requireNonNull(each.getFileName());
                if (OpenDirectory.isFaithful(name)) {
                    names.add(name.toString());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        names.sort(null);
        return names;
    }

    /// Empty if it has gone.
    private static Optional<PosixFileAttributes> facts(SecureDirectoryStream<Path> open, String name) {
        try {
            return Optional.of(
                    open.getFileAttributeView(Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .readAttributes());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private interface Visit {
        boolean of(Place place) throws IOException;
    }

    /// What has gone, or become a link, is passed over.
    private static boolean entered(Place place, String name, Visit visit) throws IOException {
        SecureDirectoryStream<Path> child;
        try {
            child = OpenDirectory.child(place.open(), name);
        } catch (IOException e) {
            return true;
        }
        try (child) {
            return visit.of(
                    new Place(child, place.real().resolve(name), place.path().resolve(name), place.depth() + 1));
        }
    }

    @Override
    public Optional<Opened> open(Path tree, FilePath file) {
        if (file.isRoot()) {
            return Optional.empty();
        }
        try (SecureDirectoryStream<Path> root = OpenDirectory.root(tree)) {
            return within(root, file.parent(), open -> opened(open, file.name()));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /// A pipe would block whoever opens it, so its kind is asked for first.
    private static Optional<Opened> opened(SecureDirectoryStream<Path> open, String name) throws IOException {
        if (facts(open, name).filter(BasicFileAttributes::isRegularFile).isEmpty()) {
            return Optional.empty();
        }
        SeekableByteChannel channel =
                open.newByteChannel(Path.of(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        return Optional.of(new Opened(Channels.newInputStream(channel), channel.size()));
    }

    @Override
    public void pack(Path tree, ArchiveFormat format, OutputStream out) throws IOException {
        try (SecureDirectoryStream<Path> root = OpenDirectory.root(tree);
                Packing packing = Packing.of(format, out)) {
            Jail jail = new Jail(tree);
            pack(new Place(root, tree, FilePath.ROOT, 0), jail, packing);
        }
    }

    private static boolean pack(Place place, Jail jail, Packing packing) throws IOException {
        for (String name : names(place)) {
            Optional<PosixFileAttributes> facts = facts(place.open(), name);
            FilePath path = place.path().resolve(name);
            if (facts.filter(BasicFileAttributes::isSymbolicLink).isPresent()) {
                Optional<String> target = target(place.real().resolve(name), jail);
                if (target.isPresent()) {
                    packing.link(path, target.get());
                }
            } else if (facts.filter(BasicFileAttributes::isDirectory).isPresent() && place.depth() < DEEPEST) {
                packing.directory(path, facts.get().lastModifiedTime().toInstant());
                entered(place, name, below -> pack(below, jail, packing));
            } else {
                file(place, name, facts, packing);
            }
        }
        return true;
    }

    private static void file(Place place, String name, Optional<PosixFileAttributes> facts, Packing packing)
            throws IOException {
        Optional<Opened> opened;
        try {
            opened = opened(place.open(), name);
        } catch (IOException e) {
            // It has gone, or may not be read.
            return;
        }
        if (opened.isEmpty() || facts.isEmpty()) {
            return;
        }
        try (Opened file = opened.get();
                InputStream content = file.content()) {
            boolean isProgram = facts.get().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
            Packing.Facts known = new Packing.Facts(
                    isProgram, file.size(), facts.get().lastModifiedTime().toInstant());
            packing.file(place.path().resolve(name), known, content);
        }
    }

    /// Empty if it leads out: whoever unpacks it elsewhere would have a link to something of their own.
    private static Optional<String> target(Path link, Jail jail) {
        try {
            Path target = Files.readSymbolicLink(link);
            jail.resolve(link.toString());
            return target.isAbsolute() ? Optional.empty() : Optional.of(target.toString());
        } catch (IOException | WorkspaceException e) {
            return Optional.empty();
        }
    }

    @Override
    public TreeSize size(Path tree) {
        return TreeMeasure.of(tree, Quota.NONE);
    }

    private static WorkspaceException unreadable(FilePath path, IOException e) {
        return new WorkspaceException(
                WorkspaceException.Kind.NOT_FOUND, "There is no directory `%s` in the workspace.".formatted(path), e);
    }
}
