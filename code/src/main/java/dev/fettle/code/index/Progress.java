package dev.fettle.code.index;

/// Is told how far the reading of files has come, about once a second, and not at all if it takes no longer.
public interface Progress {
    /// Tells nobody.
    Progress NONE = (_, _) -> {};

    /// Says how many files have been read.
    ///
    /// @param of how many there are to read
    void files(int done, int of);
}
