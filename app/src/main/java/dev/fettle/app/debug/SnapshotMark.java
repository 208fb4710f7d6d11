package dev.fettle.app.debug;

import dev.fettle.cli.host.Debugging;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A snapshot of the working tree to compare with. A tree that cannot be kept costs the diff and nothing else.
public final class SnapshotMark implements Debugging.Mark {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotMark.class);

    private final Snapshots snapshots;
    private final Path tree;
    private final SessionId session;
    private final Optional<Snapshot> before;

    public SnapshotMark(Snapshots snapshots, Path tree, InstantSource clock) {
        this.snapshots = snapshots;
        this.tree = tree;
        this.session = SessionId.at(clock.instant());
        this.before = taken();
    }

    private Optional<Snapshot> taken() {
        try {
            return Optional.of(snapshots.take(session, tree));
        } catch (SnapshotException e) {
            LOG.warn("What changes is not kept: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public String changes() {
        return before.flatMap(then -> taken().map(now -> diff(then, now))).orElse("");
    }

    private String diff(Snapshot then, Snapshot now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            snapshots.diff(then, now, out);
        } catch (IOException | SnapshotException e) {
            LOG.warn("What changed cannot be shown: {}", e.getMessage());
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        snapshots.delete(session);
    }
}
