package dev.fettle.core.workspace.worktree;

import java.util.List;
import java.util.Optional;

/// The worktrees of the repository that a user works in. Everything blocks while git runs, and throws
/// [WorkspaceException] if that cannot do what is asked.
public interface Worktrees {

    /// The worktree of this name, made from the last commit if there is none; without a name, a new one.
    Opened open(Optional<String> name) throws InterruptedException;

    /// A worktree to work in.
    ///
    /// @param isNew whether it was just made
    /// @param leavesChanges whether the user's tree holds what is not committed, and so is not in the
    ///     worktree
    record Opened(Worktree worktree, boolean isNew, boolean leavesChanges) {}

    /// By name.
    List<Worktree> list() throws InterruptedException;

    /// Commits what is not, merges the worktree into the branch that the user is on, and removes it.
    ///
    /// @param title says what the work was about, in a line
    Merge merge(Worktree worktree, String title) throws InterruptedException;

    /// Removes the worktree with all that is in it.
    void discard(Worktree worktree);
}
