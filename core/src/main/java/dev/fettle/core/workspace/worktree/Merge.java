package dev.fettle.core.workspace.worktree;

import java.util.List;

/// What became of merging a worktree into the branch that the user is on.
public sealed interface Merge {

    /// It is merged, and the worktree is gone.
    ///
    /// @param files that this has changed
    record Done(int commits, List<String> files) implements Merge {
        public Done {
            files = List.copyOf(files);
        }
    }

    /// There was nothing to merge; the worktree is gone.
    record Nothing() implements Merge {}

    /// The user's tree and the worktree are as they were, but that what the worktree holds is committed in
    /// it.
    ///
    /// @param why a sentence that ends before the paths
    /// @param paths which files are the trouble
    record Refused(String why, List<String> paths) implements Merge {
        public Refused {
            paths = List.copyOf(paths);
        }
    }
}
