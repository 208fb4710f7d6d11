package dev.fettle.server.api;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Restored;
import dev.fettle.core.snapshot.Reversal;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.snapshot.StoredSnapshots;
import dev.fettle.core.snapshot.TreeChange;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.TreeFiles;
import dev.fettle.core.workspace.kept.TreeSize;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Trees of one level, and snapshots that only have a name.
final class Shed implements TreeFiles, Snapshots {
    private final Map<String, Snapshot> marks = new HashMap<>();
    private boolean isBroken;

    void isBroken() {
        isBroken = true;
    }

    @Override
    public Listing list(Path tree, FilePath below, int most) {
        File[] files = tree.resolve(below.value()).toFile().listFiles();
        if (files == null) {
            throw new WorkspaceException(WorkspaceException.Kind.NOT_FOUND, "There is no such directory.");
        }
        return new Listing(
                Arrays.stream(files)
                        .map(each -> new FileInfo(
                                below.resolve(each.getName()), FileInfo.Kind.FILE, each.length(), Instant.EPOCH))
                        .toList(),
                true);
    }

    @Override
    public Optional<Opened> open(Path tree, FilePath file) {
        Path path = tree.resolve(file.value());
        try {
            return Files.isRegularFile(path)
                    ? Optional.of(new Opened(Files.newInputStream(path), Files.size(path)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void pack(Path tree, ArchiveFormat format, OutputStream out) throws IOException {
        out.write("begun".getBytes(StandardCharsets.UTF_8));
        if (isBroken) {
            throw new WorkspaceException(WorkspaceException.Kind.IO, "broken");
        }
        out.write((" " + format).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public TreeSize size(Path tree) {
        return new TreeSize(12, 3);
    }

    @Override
    public Snapshot take(SessionId session, Path tree) {
        if (isBroken) {
            throw new SnapshotException(SnapshotException.Kind.STORAGE, "broken");
        }
        return new Snapshot(session, "0".repeat(40), Instant.EPOCH, List.of());
    }

    @Override
    public Snapshot take(SessionId session, Path tree, Snapshot earlier) {
        return take(session, tree);
    }

    @Override
    public Optional<Snapshot> find(SessionId session, String id) {
        return Optional.empty();
    }

    @Override
    public Reversal takeBack(List<TreeChange> changes, Path tree, boolean isForced) {
        return new Reversal.Conflict(List.of());
    }

    @Override
    public Snapshot adopt(Snapshot snapshot, SessionId heir) {
        return snapshot;
    }

    @Override
    public void mark(Snapshot snapshot, String name) {
        marks.put(name, snapshot);
    }

    @Override
    public Optional<Snapshot> marked(SessionId session, String name) {
        return Optional.ofNullable(marks.get(name));
    }

    @Override
    public void diff(Snapshot before, Snapshot after, OutputStream out) throws IOException {
        out.write("the patch\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Snapshot> latest(SessionId session) {
        return Optional.empty();
    }

    @Override
    public List<Snapshot> history(SessionId session) {
        return List.of();
    }

    @Override
    public Restored restore(Snapshot snapshot, Path tree) {
        return new Restored(snapshot, 0, 0, List.of());
    }

    @Override
    public void delete(SessionId session) {}

    @Override
    public List<StoredSnapshots> stored() {
        return List.of();
    }
}
