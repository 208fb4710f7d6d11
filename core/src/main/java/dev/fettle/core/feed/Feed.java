package dev.fettle.core.feed;

import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.SessionId;
import java.time.Duration;
import java.util.List;

/// Lets sessions be watched, whatever process writes them. Safe for use by several threads.
///
/// Whoever watches reads the log itself, on its own thread and at its own pace, and is told when to: nothing is kept
/// for those who are slow, and none of them holds up another. Who likes can hear an answer while it is written; what of
/// that gets lost is in the answer's event.
public interface Feed {

    /// Watches a session from a position on.
    ///
    /// @param after the number of the last event that is known already; 0 for none
    Cursor follow(SessionId session, long after);

    /// A place in a session's log that moves on. Used by one thread. One that is closed costs nothing.
    interface Cursor extends AutoCloseable {

        /// Every event since those read last, in order and without gaps. Asks the log without waiting for more, so
        /// that nothing is missing that was there when it was called.
        ///
        /// @throws dev.fettle.core.session.SessionException of kind `NOT_FOUND` if the session is gone, of kind
        ///     `STORAGE` if the log cannot be read; then the place is as it was, and the next read may succeed
        List<LogEntry> read();

        /// Waits until there is something to read, or a run of the session may have come to rest. That is known
        /// within about 50 ms, and after about a second where notices get lost.
        ///
        /// @return false if the time was over first
        boolean await(Duration atMost) throws InterruptedException;

        /// The pieces, since this was last called, of the answer that is being written behind the last event
        /// read; waits for some. Who was away for long has missed the oldest.
        ///
        /// @return nothing if there is something to read, which comes first, or if the time was over
        List<Piece> hear(Duration atMost) throws InterruptedException;

        /// Wakes who waits, and does nothing the second time.
        @Override
        void close();
    }
}
