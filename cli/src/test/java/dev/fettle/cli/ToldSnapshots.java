package dev.fettle.cli;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Restored;
import dev.fettle.core.snapshot.Reversal;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.snapshot.StoredSnapshots;
import dev.fettle.core.snapshot.TreeChange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Has whatever snapshot is asked for, and finds what it was told when changes are to be taken back.
final class ToldSnapshots implements Snapshots {
    static final String BEFORE = "1".repeat(40);
    static final String AFTER = "2".repeat(40);

    /// What others have changed since.
    List<String> conflicts = List.of();
    List<String> notRestored = List.of();
    String patch = "";

    private static Snapshot snapshot(SessionId session, String id) {
        return new Snapshot(session, id, Instant.EPOCH, List.of("target/ (ignored by git)"));
    }

    @Override
    public Snapshot take(SessionId session, Path tree) {
        return snapshot(session, BEFORE);
    }

    @Override
    public Snapshot take(SessionId session, Path tree, Snapshot earlier) {
        return snapshot(session, AFTER);
    }

    @Override
    public Optional<Snapshot> find(SessionId session, String id) {
        return Optional.of(snapshot(session, id));
    }

    @Override
    public Reversal takeBack(List<TreeChange> changes, Path tree, boolean isForced) {
        Snapshot found = changes.getLast().after();
        Snapshot left = changes.getFirst().before();
        return conflicts.isEmpty() || isForced
                ? new Reversal.Done(new TreeChange(found, left), List.of("a.txt", "made/"), notRestored)
                : new Reversal.Conflict(conflicts);
    }

    @Override
    public void diff(Snapshot before, Snapshot after, OutputStream out) throws IOException {
        out.write(patch.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Snapshot> latest(SessionId session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Snapshot> history(SessionId session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Restored restore(Snapshot snapshot, Path tree) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Snapshot adopt(Snapshot snapshot, SessionId heir) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void mark(Snapshot snapshot, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Snapshot> marked(SessionId session, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(SessionId session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredSnapshots> stored() {
        throw new UnsupportedOperationException();
    }
}
