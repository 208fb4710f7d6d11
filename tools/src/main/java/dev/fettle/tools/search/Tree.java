package dev.fettle.tools.search;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.util.List;
import java.util.function.Predicate;

/// The files below a directory as git sees them: without what is ignored, and without git's own. Links are shown
/// and not followed, so there are no loops.
public final class Tree {
    private static final String GIT = ".git";

    private final Workspace workspace;

    public Tree(Workspace workspace) {
        this.workspace = workspace;
    }

    /// Shows everything below `directory` that is no directory to `visitor`, by path, until it has seen enough.
    /// Directories that cannot be listed are left out.
    ///
    /// @param visitor says whether to go on
    /// @return whether everything was shown
    public boolean walk(FilePath directory, Predicate<FileInfo> visitor) throws InterruptedException {
        return walk(directory, IgnoreRules.in(workspace, directory), visitor);
    }

    private boolean walk(FilePath directory, IgnoreRules rules, Predicate<FileInfo> visitor)
            throws InterruptedException {
        for (FileInfo child : children(directory)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (isHidden(child, rules)) {
                continue;
            }
            boolean goOn = child.isDirectory()
                    ? walk(child.path(), rules.below(workspace, child.path()), visitor)
                    : visitor.test(child);
            if (!goOn) {
                return false;
            }
        }
        return true;
    }

    /// Whether git ignores this child of `directory`.
    static Predicate<FileInfo> hiddenIn(Workspace workspace, FilePath directory) {
        IgnoreRules rules = IgnoreRules.in(workspace, directory);
        return child -> isHidden(child, rules);
    }

    private static boolean isHidden(FileInfo child, IgnoreRules rules) {
        return child.path().name().equals(GIT) || rules.ignores(child.path(), child.isDirectory());
    }

    private List<FileInfo> children(FilePath directory) {
        try {
            return workspace.list(directory);
        } catch (WorkspaceException e) {
            return List.of();
        }
    }
}
