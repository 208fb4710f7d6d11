package dev.fettle.cli;

import dev.fettle.core.workspace.worktree.Merge;
import dev.fettle.core.workspace.worktree.Worktree;
import dev.fettle.core.workspace.worktree.Worktrees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Has the worktrees it was given, and merges as it was told.
final class ToldWorktrees implements Worktrees {
    final List<Worktree> all = new ArrayList<>();
    Merge merge = new Merge.Done(2, List.of("a.txt"));
    /// What a merge was to be called.
    String title = "";

    @Override
    public Opened open(Optional<String> name) {
        String wanted = name.orElse("work-1");
        Path path = Path.of("/trees").resolve(wanted);
        return new Opened(new Worktree(wanted, path, path.resolve("sub"), 0, false), name.isEmpty(), true);
    }

    @Override
    public List<Worktree> list() {
        return all;
    }

    @Override
    public Merge merge(Worktree worktree, String called) {
        title = called;
        return merge;
    }

    @Override
    public void discard(Worktree worktree) {
        all.remove(worktree);
    }
}
