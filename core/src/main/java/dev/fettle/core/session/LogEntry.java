package dev.fettle.core.session;

import java.time.Instant;

/// An event with its place in the session.
///
/// @param seq 1 for the first event of a session, then without gaps
public record LogEntry(long seq, Instant at, Event event) {}
