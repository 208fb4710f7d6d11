package dev.fettle.tools.snapshot.tree;

/// What of a tree is kept.
///
/// @param mostFileBytes the size of the largest file
/// @param mostFiles how many files and directories at most; a tree that holds more is not kept at all
/// @param withRepository whether the repository at the root of the tree goes along
public record Scope(long mostFileBytes, int mostFiles, boolean withRepository) {}
