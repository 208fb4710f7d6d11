package dev.fettle.core.snapshot;

/// What became of a tree, as two snapshots of one session.
public record TreeChange(Snapshot before, Snapshot after) {}
