package dev.fettle.core.session;

import java.time.Instant;
import java.util.Optional;

/// A session as lists show it.
///
/// @param user whose it is; see [#LOCAL_USER]
/// @param parent the session it was forked from
/// @param status how its last turn ended; empty before the first has ended
public record Session(
        SessionId id,
        String title,
        String workspace,
        String user,
        Instant createdAt,
        Instant updatedAt,
        Optional<SessionId> parent,
        Optional<Status> status) {
    /// Whoever sits at the terminal.
    public static final String LOCAL_USER = "local";
}
