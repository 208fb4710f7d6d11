package dev.fettle.tools.patch;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.text.TextFile;

/// One change to one file of a workspace.
sealed interface WorkspaceChange {

    record Write(FilePath path, TextFile file) implements WorkspaceChange {}

    record Move(FilePath from, FilePath to) implements WorkspaceChange {}

    record Delete(FilePath path) implements WorkspaceChange {}
}
