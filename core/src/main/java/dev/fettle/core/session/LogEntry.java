package dev.fettle.core.session;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// An event with its place in the session.
///
/// @param seq 1 for the first event of a session, then without gaps
public record LogEntry(long seq, Instant at, Event event) {

    /// Events that were appended together.
    ///
    /// @param first the place of the first of them
    public static List<LogEntry> from(long first, Instant at, List<? extends Event> events) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> new LogEntry(first + i, at, events.get(i)))
                .toList();
    }
}
