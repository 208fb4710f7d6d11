package dev.fettle.code.index;

import java.util.function.Consumer;

/// Is told how far the reading of files has come, about once a second, and not at all if it takes no longer.
public interface Progress {
    /// Tells nobody.
    Progress NONE = (_, _) -> {};

    /// Says it in words, a line at a time.
    static Progress saying(Consumer<String> live) {
        return (done, of) -> live.accept("Reading source files: %,d of %,d%n".formatted(done, of));
    }

    /// Says how many files have been read.
    ///
    /// @param of how many there are to read
    void files(int done, int of);
}
