package dev.fettle.server.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A body that has not been read yet.
public interface Body {
    /// Reads it to its end, unpacked; blocks while the client sends.
    ///
    /// @throws dev.fettle.server.problem.ProblemException if it is too long, too slow, badly framed or
    ///     packed in a way that is not known
    byte[] read() throws InterruptedException;

    /// The body as it comes, unpacked, for what does not fit into memory. Whoever breaks off
    /// reading it gets no other request on its connection.
    ///
    /// @throws dev.fettle.server.problem.ProblemException as [#read], also while it is read
    default InputStream stream() throws IOException, InterruptedException {
        return new ByteArrayInputStream(read());
    }
}
