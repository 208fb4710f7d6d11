package dev.fettle.tools.patch;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.files.StoredFile;
import java.util.Optional;

/// One change to one file of a workspace.
sealed interface WorkspaceChange {

    /// A file gets this content.
    ///
    /// @param known what is there; empty if nothing is
    record Write(StoredFile fresh, Optional<StoredFile> known) implements WorkspaceChange {}

    record Move(StoredFile known, FilePath to) implements WorkspaceChange {}

    record Delete(StoredFile known) implements WorkspaceChange {}
}
