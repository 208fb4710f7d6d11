package dev.fettle.code.runner;

import dev.fettle.core.workspace.FilePath;

/// Where a test command is run.
public sealed interface Place {
    FilePath directory();

    /// In the workspace as it is.
    record Here(FilePath directory) implements Place {}

    /// In a copy of a commit that is there for this one command. The workspace is only read; what git does not keep
    /// but tests need, as installed packages, is linked into the copy.
    ///
    /// @param id as git writes it
    record AtCommit(String id, FilePath directory) implements Place {
        public AtCommit {
            if (!id.matches("[0-9a-f]{40,64}")) {
                throw new IllegalArgumentException("Not the id of a commit: `%s`".formatted(id));
            }
        }
    }

    /// In a copy of the workspace as it is, with one file in place of its own.
    ///
    /// @param path in the workspace
    record WithFile(FilePath directory, FilePath path, String content) implements Place {}
}
