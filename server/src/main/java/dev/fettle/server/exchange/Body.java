package dev.fettle.server.exchange;

/// A body that has not been read yet.
public interface Body {
    /// Reads it to its end, unpacked; blocks while the client sends.
    ///
    /// @throws dev.fettle.server.problem.ProblemException if it is too long, too slow, badly framed or
    ///     packed in a way that is not known
    byte[] read() throws InterruptedException;
}
