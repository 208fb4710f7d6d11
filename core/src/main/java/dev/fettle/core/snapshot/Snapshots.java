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

    /// The same, with what an earlier snapshot holds of files that git ignores only since.
    Snapshot take(SessionId session, Path tree, Snapshot earlier);

    /// The session's snapshot with an id.
    Optional<Snapshot> find(SessionId session, String id);

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

    /// Makes the tree what it would be without some changes, the last of them taken back first. What is there
    /// now is kept before.
    ///
    /// Paths are compared three ways: what the tree holds as the change left it becomes what it was before;
    /// what it holds as it was before stays so; what neither is has been changed by somebody else since,
    /// which is a conflict. Paths that the changes did not touch are not touched, nor what was left out of
    /// their snapshots.
    ///
    /// @param changes of snapshots of one session, the first one first
    /// @param isForced whether conflicts become what they were before the changes; otherwise one is enough
    ///     for nothing to be touched
    Reversal takeBack(List<TreeChange> changes, Path tree, boolean isForced);

    /// Keeps a snapshot of one session for another as well.
    Snapshot adopt(Snapshot snapshot, SessionId heir);

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
