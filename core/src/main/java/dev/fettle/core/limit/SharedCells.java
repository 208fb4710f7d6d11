package dev.fettle.core.limit;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/// Small values that processes on several machines change together, each by saying what it takes the value to be. They
/// hold no truth: a cell may be forgotten at any time, and all of them may be away. Used by many threads at once.
///
/// Every method answers or fails within a fraction of a second, since requests wait for it.
public interface SharedCells {

    /// What a cell holds.
    ///
    /// @return empty if it was never written, or was forgotten
    /// @throws UncheckedIOException if the cells are away
    Optional<byte[]> get(String cell);

    /// Writes a cell if it holds what is expected.
    ///
    /// @param expected empty if nothing is
    /// @param next what it is to hold; at least one byte
    /// @param kept how long it is kept at most; at least a millisecond
    /// @return whether it was written; if not, somebody else was faster
    /// @throws UncheckedIOException if the cells are away; whether it was written is not known then
    boolean swap(String cell, Optional<byte[]> expected, byte[] next, Duration kept);
}
