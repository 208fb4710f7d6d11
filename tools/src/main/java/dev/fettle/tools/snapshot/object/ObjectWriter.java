package dev.fettle.tools.snapshot.object;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Takes the objects of a snapshot and keeps those that are not kept already. Its own failures are
/// [SnapshotException]s; an [IOException] comes from what it was given to read.
public final class ObjectWriter implements Closeable {
    /// Larger files are not held in memory.
    private static final long LARGE = 4L << 20;

    private static final int BUFFER = 1 << 16;

    private final Packs packs;
    private final Path directory;
    private @Nullable PackDraft draft;

    /// @param directory what to call the place in a failure
    public ObjectWriter(Packs packs, Path directory) {
        this.packs = packs;
        this.directory = directory;
    }

    /// Something that can be read more than once.
    public interface Source {
        InputStream open() throws IOException;
    }

    public ObjectId add(StoredObject.Type type, byte[] content) {
        ObjectId id = StoredObject.id(type, content);
        try {
            if (!isKept(id)) {
                draft().add(id, type, content);
            }
            return id;
        } catch (IOException e) {
            throw Failures.storage(directory, e);
        }
    }

    /// The file as a blob; empty if it changes while it is read.
    public Optional<ObjectId> addFile(long size, Source file) throws IOException {
        if (size > LARGE) {
            return addLarge(size, file);
        }
        byte[] content;
        try (InputStream in = file.open()) {
            content = in.readNBytes((int) size + 1);
        }
        return content.length == size ? Optional.of(add(StoredObject.Type.BLOB, content)) : Optional.empty();
    }

    private Optional<ObjectId> addLarge(long size, Source file) throws IOException {
        MessageDigest digest = new StoredObject(StoredObject.Type.BLOB, size).digest();
        try (InputStream in = file.open()) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        ObjectId id = ObjectId.fromRaw(digest.digest());
        try (InputStream in = file.open()) {
            return addLarge(id, size, in);
        }
    }

    private Optional<ObjectId> addLarge(ObjectId id, long size, InputStream in) {
        try {
            return isKept(id) ? Optional.of(id) : draft().add(id, size, in);
        } catch (IOException e) {
            throw Failures.storage(directory, e);
        }
    }

    private boolean isKept(ObjectId id) throws IOException {
        return (draft != null && draft.has(id)) || packs.has(id);
    }

    private PackDraft draft() throws IOException {
        if (draft == null) {
            draft = packs.draft();
        }
        return draft;
    }

    /// Makes all of them durable.
    public void publish() throws IOException {
        if (draft != null) {
            draft.publish();
        }
    }

    @Override
    public void close() throws IOException {
        if (draft != null) {
            draft.close();
        }
    }
}
