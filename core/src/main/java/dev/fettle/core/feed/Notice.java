package dev.fettle.core.feed;

import dev.fettle.core.session.Piece;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;

/// Something to look at. It says where, never what: the log and the queue say that. Only what neither has, an answer
/// that is being written, comes with it in pieces.
public sealed interface Notice {
    /// The session has events up to this number, at least.
    record Appended(SessionId session, long seq) implements Notice {}

    /// A run of the session may be taken by a worker, or has come to rest.
    ///
    /// @param isReady whether a worker may take it
    record RunChanged(SessionId session, RunId run, boolean isReady) implements Notice {}

    /// An answer is being written in the session. Its pieces are announced in their order.
    record Said(SessionId session, Piece piece) implements Notice {}

    /// Notices may have been lost, or nobody can say what changed: look at everything.
    record Anything() implements Notice {}
}
