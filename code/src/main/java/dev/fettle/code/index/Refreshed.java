package dev.fettle.code.index;

/// What bringing an index up to date came to.
///
/// @param files how many source files there are
/// @param read how many of them had changed or are new
/// @param removed how many are gone
/// @param isComplete whether there are no more files than an index holds
public record Refreshed(int files, int read, int removed, boolean isComplete) {}
