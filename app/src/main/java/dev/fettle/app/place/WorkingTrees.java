package dev.fettle.app.place;

import dev.fettle.core.model.Delta;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Restored;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.turn.TurnListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the working trees of queued runs after each change, so that another machine can go on with them.
///
/// @param marks a directory of this machine: for each session, which snapshot its tree here is like
public record WorkingTrees(Snapshots snapshots, Path marks) {
    private static final Logger LOG = LoggerFactory.getLogger(WorkingTrees.class);

    /// Makes the tree here the one that the last worker left.
    ///
    /// @return what to say of it; empty if it was that already
    /// @throws SnapshotException if it cannot be restored
    public Optional<Event.Restored> bringUpToDate(SessionId session, Path tree) {
        Optional<Snapshot> latest = snapshots.latest(session);
        if (latest.isEmpty()) {
            keep(session, tree);
            return Optional.empty();
        }
        if (Files.isDirectory(tree) && latest.get().id().equals(mark(session))) {
            return Optional.empty();
        }
        Restored restored = snapshots.restore(latest.get(), tree);
        LOG.info(
                "The tree of {} was restored: {} written, {} removed", session, restored.written(), restored.removed());
        mark(session, latest.get());
        return Optional.of(new Event.Restored(restored.notRestored()));
    }

    private void keep(SessionId session, Path tree) {
        if (Files.isDirectory(tree)) {
            mark(session, snapshots.take(session, tree));
        }
    }

    /// Keeps the tree whenever something may have changed it.
    public TurnListener keeping(SessionId session, Path tree) {
        return new TurnListener() {
            private final Set<String> changing = new HashSet<>();

            @Override
            public void onEvent(LogEntry entry) {
                if (entry.event() instanceof Event.ToolStarted started && started.effect() != Effect.READ) {
                    changing.add(started.callId());
                }
                if (entry.event() instanceof Event.ToolFinished finished
                        && changing.remove(finished.result().callId())) {
                    try {
                        keep(session, tree);
                    } catch (SnapshotException e) {
                        LOG.warn(
                                "The tree of {} is not kept, so no other machine can go on with it: {}",
                                session,
                                e.getMessage());
                    }
                }
            }

            @Override
            public void onDelta(Delta delta) {}
        };
    }

    private String mark(SessionId session) {
        try {
            Path file = marks.resolve(session.value());
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what is kept in " + marks, e);
        }
    }

    private void mark(SessionId session, Snapshot snapshot) {
        try {
            Files.createDirectories(marks);
            Files.writeString(marks.resolve(session.value()), snapshot.id());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write into " + marks, e);
        }
    }
}
