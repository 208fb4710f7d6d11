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
    default LogEntry append(Event event) {
        return append(List.of(event)).getLast();
    }

    /// Adds several facts, at least one, in this order: all of them or, if it fails, none.
    ///
    /// @throws SessionException as the other does
    default List<LogEntry> append(List<? extends Event> events) {
        return append(events, () -> {});
    }

    /// Adds facts together with what else of the same store follows from them: a kill of the process loses all or
    /// nothing.
    ///
    /// @param along done before this returns; again if a try does not get through
    /// @throws SessionException as the others do; then nothing of either was kept
    List<LogEntry> append(List<? extends Event> events, Runnable along);

    /// Shows whoever watches the session a piece of the answer that may be appended next. Neither waits nor fails.
    default void show(Piece piece) {}

    /// To be asked before an effect outside the log: that nobody has taken the session over in the meantime, as far
    /// as can be told. A process may have been suspended since it last appended.
    ///
    /// @throws SessionException of kind `LOST`
    void confirm();

    /// Lets go of the session. Does nothing the second time.
    @Override
    void close();
}
