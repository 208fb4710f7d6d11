package dev.fettle.tools.snapshot.tree;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.snapshot.object.Failures;
import dev.fettle.tools.snapshot.object.ObjectReader;
import dev.fettle.tools.snapshot.object.TreeEntry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Turns the tree that was just read into another one, touching only what differs.
///
/// Only what was read, and so can be had again, is ever replaced or removed. All of it happens in
/// directories that are held open and were not reached through a link. What cannot be done is named, and
/// the rest is done.
public final class Restoring implements Closeable {
    private static final String GIT = ".git";
    private static final String IN_THE_WAY = "something that snapshots leave out is in its place";

    private static final Set<PosixFilePermission> CHANGEABLE = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final ObjectReader objects;
    private final Path root;
    private final Optional<String> gitStays;
    private final Omissions notRestored = new Omissions();
    private final SecureDirectoryStream<Path> stream;
    private @Nullable Staging staging;
    private int written;
    private int removed;

    /// @param gitStays why the tree's repository is not to be touched
    public Restoring(ObjectReader objects, Path root, Optional<String> gitStays) throws IOException {
        this.objects = objects;
        this.root = root;
        this.gitStays = gitStays;
        this.stream = OpenDirectory.root(root);
    }

    public int written() {
        return written;
    }

    public int removed() {
        return removed;
    }

    public Omissions notRestored() {
        return notRestored;
    }

    /// Makes the one tree the other, as far as possible.
    ///
    /// @throws IOException if the file system is full
    public void change(ObjectId from, ObjectId to) throws IOException {
        directory(stream, FilePath.ROOT, objects.tree(from), objects.tree(to));
    }

    private void directory(SecureDirectoryStream<Path> open, FilePath path, List<TreeEntry> from, List<TreeEntry> to)
            throws IOException {
        Map<String, TreeEntry> old = new TreeMap<>();
        from.forEach(each -> old.put(each.name(), each));
        Map<String, TreeEntry> gone = new TreeMap<>(old);
        to.forEach(each -> gone.remove(each.name()));
        for (TreeEntry each : gone.values()) {
            attempt(path.resolve(each.name()), () -> remove(open, path.resolve(each.name()), each));
        }
        for (TreeEntry each : to) {
            TreeEntry before = old.get(each.name());
            if (!each.equals(before)) {
                attempt(
                        path.resolve(each.name()),
                        () -> put(open, path.resolve(each.name()), Optional.ofNullable(before), each));
            }
        }
    }

    /// Something that one entry needs.
    private interface Step {
        void run() throws IOException;
    }

    private void attempt(FilePath path, Step step) throws IOException {
        Optional<String> stays = reasonToStay(path);
        if (stays.isPresent()) {
            notRestored.add(path, stays.get());
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            if (Failures.isFull(e)) {
                throw e;
            }
            notRestored.add(path, Failures.reason(e));
        } catch (InvalidPathException e) {
            notRestored.add(path, "its name cannot be written in this locale");
        }
    }

    private Optional<String> reasonToStay(FilePath path) {
        return path.value().equals(GIT) ? gitStays : Optional.empty();
    }

    private void remove(SecureDirectoryStream<Path> open, FilePath path, TreeEntry entry) throws IOException {
        if (GitDirectory.isInObjects(path)) {
            return;
        }
        if (path.value().equals(GIT)) {
            notRestored.addDirectory(path, "made after the snapshot; it may hold commits");
            return;
        }
        if (GitDirectory.isSteering(path)) {
            notRestored.add(path, "made after the snapshot; it steers programs");
            return;
        }
        try {
            if (entry.isDirectory()) {
                empty(open, path, entry);
                open.deleteDirectory(Path.of(path.name()));
            } else {
                open.deleteFile(Path.of(path.name()));
            }
            removed++;
        } catch (DirectoryNotEmptyException e) {
            notRestored.addDirectory(path, "not removed: it holds what snapshots leave out");
        } catch (NoSuchFileException e) {
            // Gone already, which is what is wanted.
        }
    }

    private void empty(SecureDirectoryStream<Path> parent, FilePath path, TreeEntry entry) throws IOException {
        makeUsable(parent, path.name());
        try (SecureDirectoryStream<Path> child = OpenDirectory.child(parent, path.name())) {
            directory(child, path, objects.tree(entry.id()), List.of());
        }
    }

    private void put(SecureDirectoryStream<Path> open, FilePath path, Optional<TreeEntry> old, TreeEntry entry)
            throws IOException {
        if (old.isPresent() && GitDirectory.isSteering(path)) {
            notRestored.add(path, "it steers programs and was changed after the snapshot");
            return;
        }
        boolean staysDirectory =
                entry.isDirectory() && old.filter(TreeEntry::isDirectory).isPresent();
        boolean isReplaced =
                !entry.isDirectory() && old.filter(each -> !each.isDirectory()).isPresent();
        if (old.isPresent() && !staysDirectory && !isReplaced) {
            remove(open, path, old.get());
        }
        if (entry.isDirectory()) {
            putDirectory(open, path, old.filter(TreeEntry::isDirectory), entry);
        } else if (!isReplaced && exists(open, path.name())) {
            notRestored.add(path, IN_THE_WAY);
        } else {
            putFile(open, path.name(), old, entry);
            written++;
        }
    }

    private void putFile(SecureDirectoryStream<Path> open, String name, Optional<TreeEntry> old, TreeEntry entry)
            throws IOException {
        if (entry.isLink()) {
            staging().link(open, name, objects.text(entry.id()));
        } else if (old.filter(each -> each.isFile() && each.id().equals(entry.id()))
                .isPresent()) {
            Staging.permit(open, name, entry.permissions());
        } else {
            staging().file(open, name, entry.permissions(), out -> objects.copy(entry.id(), out));
        }
    }

    private void putDirectory(
            SecureDirectoryStream<Path> parent, FilePath path, Optional<TreeEntry> old, TreeEntry entry)
            throws IOException {
        String name = path.name();
        boolean isMissing = !exists(parent, name);
        if (isMissing) {
            staging().directory(parent, name);
        }
        if (!Staging.isDirectory(parent, name)) {
            notRestored.addDirectory(path, IN_THE_WAY);
            return;
        }
        if (old.filter(each -> each.id().equals(entry.id())).isEmpty()) {
            makeUsable(parent, name);
            List<TreeEntry> from = old.map(each -> objects.tree(each.id())).orElse(List.of());
            try (SecureDirectoryStream<Path> child = OpenDirectory.child(parent, name)) {
                directory(child, path, from, objects.tree(entry.id()));
            }
        }
        Staging.permit(parent, name, entry.permissions());
        if (isMissing || old.filter(each -> each.mode() == entry.mode()).isEmpty()) {
            written++;
        }
    }

    /// Lets its owner change what is in a directory; it gets its permissions when that is done.
    private static void makeUsable(SecureDirectoryStream<Path> parent, String name) throws IOException {
        PosixFileAttributeView view = Staging.attributes(parent, name);
        Set<PosixFilePermission> permissions =
                new HashSet<>(view.readAttributes().permissions());
        if (permissions.addAll(CHANGEABLE)) {
            view.setPermissions(permissions);
        }
    }

    private static boolean exists(SecureDirectoryStream<Path> directory, String name) throws IOException {
        try {
            Staging.attributes(directory, name).readAttributes();
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Staging staging() throws IOException {
        if (staging == null) {
            staging = new Staging(stream, root);
        }
        return staging;
    }

    @Override
    public void close() throws IOException {
        try (stream) {
            if (staging != null) {
                staging.close();
            }
        }
    }
}
