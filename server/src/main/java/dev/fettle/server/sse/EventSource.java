package dev.fettle.server.sse;

import java.util.Optional;

/// Something that happens and is told to clients. Events have one order and ids that stay the same, so that
/// a client that was away goes on where it was.
public interface EventSource {
    /// What has happened after the event with that id, or since the beginning, oldest first. It is read on
    /// the client's own thread at the client's pace, and may block; so it may be as long as it likes.
    ///
    /// @throws dev.fettle.server.problem.ProblemException if there is no such event
    Iterable<ServerEvent> after(Optional<String> lastEventId);

    /// From now on the sink gets every event as it happens. What [#after] tells too is recognised by its id
    /// and sent once.
    Subscription listen(EventSink sink);

    /// Ends the listening; the sink is not called afterwards, or is deaf.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
