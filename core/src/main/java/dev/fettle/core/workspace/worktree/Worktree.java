package dev.fettle.core.workspace.worktree;

import java.nio.file.Path;

/// A tree beside the user's, with a branch and a repository of its own.
///
/// @param path the root of the tree
/// @param directory where in it to work: what the directory is to the tree that the user works in
/// @param commits how many there are in it that it did not begin with
/// @param isDirty whether it holds what is not committed
public record Worktree(String name, Path path, Path directory, int commits, boolean isDirty) {

    /// What its branch is called, in the user's repository too once it is merged.
    public String branch() {
        return "fettle/" + name;
    }

    /// Whether something would be lost with it.
    public boolean hasWork() {
        return commits > 0 || isDirty;
    }
}
