package dev.fettle.core.snapshot;

import dev.fettle.core.session.SessionId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Keeps what working trees held. The repository a tree may contain is read and never used: no program,
/// hook or filter of it runs, and taking a snapshot changes nothing in it.
///
/// Safe for use by several threads, processes and, if the place they keep snapshots in is shared, machines.
/// Every method blocks on the file system and throws [SnapshotException]. What is under way is finished
/// before an interruption is heeded: half a restore would be worse than a late answer.
public interface Snapshots {

    /// Keeps what the tree holds, untracked files too. A tree that is as the latest snapshot of the session
    /// says gives that snapshot again and writes nothing.
    ///
    /// The caller sees to it that nothing writes to the tree meanwhile; a file that changes while it is
    /// read is left out and named.
    Snapshot take(SessionId session, Path tree);

    /// The state that the session's tree was last known in, on whichever machine.
    Optional<Snapshot> latest(SessionId session);

    /// All snapshots of the session that are kept, the latest first.
    List<Snapshot> history(SessionId session);

    /// Makes the tree what it was. What is there now is kept first, and named in the answer, so that this
    /// can be taken back; the restored state is then the session's latest.
    ///
    /// Only what differs is written. What the snapshot left out (ignored files, say) stays as it is.
    /// Nothing is ever written or removed outside of the tree, wherever links in it point.
    Restored restore(Snapshot snapshot, Path tree);

    /// Remembers a snapshot under a name for as long as snapshots of its session are kept. Replaces what had the name.
    ///
    /// @param name lower-case letters, digits, hyphens and underscores
    void mark(Snapshot snapshot, String name);

    /// What was last marked with the name.
    Optional<Snapshot> marked(SessionId session, String name);

    /// Writes what makes the one the other, of the same session, as `git diff --binary` does and `git apply` takes it;
    /// without the repository in the tree. Text is diffed, what is large or no text goes whole.
    ///
    /// @throws IOException if the stream does not take it
    void diff(Snapshot before, Snapshot after, OutputStream out) throws IOException;

    /// Forgets all snapshots of the session; does nothing if there are none.
    void delete(SessionId session);

    /// Every session that has snapshots, the one that was last kept first.
    List<StoredSnapshots> stored();
}
