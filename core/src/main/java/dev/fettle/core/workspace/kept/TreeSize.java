package dev.fettle.core.workspace.kept;

/// What a directory and all below it come to.
///
/// @param files links and directories too: each takes room
public record TreeSize(long bytes, long files) {}
