package dev.fettle.server.sse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Something that happens and is told to clients. Events have one order and ids that stay the same, so that a client
/// that was away goes on where it was.
@FunctionalInterface
public interface EventSource {
    /// Begins after the event with that id, or with the first.
    Reading after(Optional<String> lastEventId);

    /// A client's place among the events. It is read on the client's own thread and at its pace: who is slow finds more
    /// at once later, so nothing has to be kept for it.
    interface Reading extends AutoCloseable {
        /// What has happened since, oldest first.
        ///
        /// @param atMost how long to wait for something
        /// @return nothing if nothing has happened by then
        List<ServerEvent> next(Duration atMost) throws InterruptedException;

        /// Whether there is nothing to come any more.
        boolean hasEnded();

        @Override
        void close();
    }
}
