package dev.fettle.core.undo;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Snapshot;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import java.nio.file.Path;
import java.util.Optional;

/// Keeps a working tree around what the turns of a session do to it. A tree that cannot be kept costs the
/// turn its undo, which is said, and nothing else.
///
/// @param reasonNotTo why the tree is not kept, if it is none to be kept
public record TreeKeeper(Snapshots snapshots, Path tree, Optional<String> reasonNotTo) {

    /// To be called before a turn's first call that may change something.
    public Event.TreeKept before(SessionId session) {
        if (reasonNotTo.isPresent()) {
            return notKept(Optional.empty(), reasonNotTo.get());
        }
        try {
            Snapshot before = snapshots.take(session, tree);
            return Event.TreeKept.ofTurn(Optional.of(before.id()), Optional.empty(), "");
        } catch (SnapshotException e) {
            return notKept(Optional.empty(), e.getMessage());
        }
    }

    /// To be called when the turn ends.
    ///
    /// @param begun what was kept when it began
    /// @return empty if nothing was kept then, or everything has been
    public Optional<Event.TreeKept> after(SessionId session, Event.TreeKept begun) {
        if (begun.after().isPresent()) {
            return Optional.empty();
        }
        return begun.before().map(before -> {
            try {
                Optional<Snapshot> known = snapshots.find(session, before);
                Snapshot after =
                        known.isPresent() ? snapshots.take(session, tree, known.get()) : snapshots.take(session, tree);
                return Event.TreeKept.ofTurn(begun.before(), Optional.of(after.id()), "");
            } catch (SnapshotException e) {
                return notKept(begun.before(), e.getMessage());
            }
        });
    }

    private static Event.TreeKept notKept(Optional<String> before, String why) {
        return Event.TreeKept.ofTurn(before, Optional.empty(), why);
    }
}
