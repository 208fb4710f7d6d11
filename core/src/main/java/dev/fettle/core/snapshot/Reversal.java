package dev.fettle.core.snapshot;

import java.util.List;

/// What became of taking changes back.
public sealed interface Reversal {

    /// The tree is without them.
    ///
    /// @param change from the tree as it was found to the tree as it is; taking this back takes the reversal
    ///     back
    /// @param paths what is again as it was, by path, directories with a slash
    /// @param notRestored what should be as it was and is not, each with its reason; bounded as
    ///     [Snapshot#leftOut]
    record Done(TreeChange change, List<String> paths, List<String> notRestored) implements Reversal {
        public Done {
            paths = List.copyOf(paths);
            notRestored = List.copyOf(notRestored);
        }
    }

    /// Nothing was touched, for somebody has changed the same since.
    ///
    /// @param paths what that is
    record Conflict(List<String> paths) implements Reversal {
        public Conflict {
            paths = List.copyOf(paths);
        }
    }
}
