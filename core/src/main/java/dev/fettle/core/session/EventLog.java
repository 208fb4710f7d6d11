package dev.fettle.core.session;

import java.util.List;

/// A session's facts, opened for writing by one owner. Not safe for use by several threads; whoever opened it
/// appends.
public interface EventLog extends AutoCloseable {
    SessionId session();

    /// Everything appended so far, in order.
    List<LogEntry> entries();

    /// Adds a fact. When this returns, a kill of the process does not lose it.
    ///
    /// @throws SessionException of kind `LOST` if another owner has taken the session over, of kind `STORAGE`
    ///     if the fact could not be kept
    LogEntry append(Event event);

    /// To be asked before an effect outside the log: that nobody has taken the session over in the meantime, as far
    /// as can be told. A process may have been suspended since it last appended.
    ///
    /// @throws SessionException of kind `LOST`
    void confirm();

    /// Lets go of the session. Does nothing the second time.
    @Override
    void close();
}
