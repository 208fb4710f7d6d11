package dev.fettle.tools.snapshot.object;

import dev.fettle.core.workspace.FilePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/// What is kept of a tree. Its own failures are [dev.fettle.core.snapshot.SnapshotException]s; an
/// [IOException] comes from what it was given to write to.
public final class ObjectReader {
    private final Packs packs;
    private final Path directory;

    /// @param directory what to call the place in a failure
    public ObjectReader(Packs packs, Path directory) {
        this.packs = packs;
        this.directory = directory;
    }

    public List<TreeEntry> tree(ObjectId id) {
        try {
            return TreeEntry.decode(packs.read(id));
        } catch (IOException e) {
            throw Failures.storage(directory, e);
        }
    }

    public String text(ObjectId id) {
        try {
            return new String(packs.read(id), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Failures.storage(directory, e);
        }
    }

    /// The object's bytes, or one more than wanted if it is longer.
    public byte[] bytes(ObjectId id, int most) {
        try (InputStream in = open(id)) {
            return in.readNBytes(most + 1);
        } catch (IOException e) {
            throw Failures.storage(directory, e);
        }
    }

    public void copy(ObjectId id, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = open(id)) {
            for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
                out.write(buffer, 0, n);
            }
        }
    }

    /// Every path in a tree, directories too.
    public Set<FilePath> paths(ObjectId id) {
        Set<FilePath> paths = new HashSet<>();
        collect(id, FilePath.ROOT, paths);
        return paths;
    }

    private void collect(ObjectId id, FilePath directory, Set<FilePath> paths) {
        for (TreeEntry entry : tree(id)) {
            FilePath path = directory.resolve(entry.name());
            paths.add(path);
            if (entry.isDirectory()) {
                collect(entry.id(), path, paths);
            }
        }
    }

    private InputStream open(ObjectId id) {
        try {
            return packs.open(id);
        } catch (IOException e) {
            throw Failures.storage(directory, e);
        }
    }

    private int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw Failures.storage(directory, e);
        }
    }
}
