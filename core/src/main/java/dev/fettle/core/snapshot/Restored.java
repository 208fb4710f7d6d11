package dev.fettle.core.snapshot;

import java.util.List;

/// What became of a restore.
///
/// @param before the tree as it was found; restoring this takes the restore back
/// @param written files, links and directories that were made, replaced or given other permissions
/// @param removed files, links and directories that were taken away
/// @param notRestored what differs from the tree the snapshot was taken of, each with its reason; bounded as
///     [Snapshot#leftOut]
public record Restored(Snapshot before, int written, int removed, List<String> notRestored) {
    public Restored {
        notRestored = List.copyOf(notRestored);
    }

    public boolean isComplete() {
        return notRestored.isEmpty();
    }
}
