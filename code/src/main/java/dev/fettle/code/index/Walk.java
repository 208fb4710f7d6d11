package dev.fettle.code.index;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.Workspace;
import java.util.function.Predicate;

/// Finds the files of a workspace that belong to it: not what git ignores.
public interface Walk {
    /// Shows every file, by path, until the visitor has seen enough.
    ///
    /// @param visitor says whether to go on
    /// @return whether everything was shown
    boolean files(Workspace workspace, Predicate<FileInfo> visitor) throws InterruptedException;
}
