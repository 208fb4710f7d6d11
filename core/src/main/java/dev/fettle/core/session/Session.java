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

    private static final int LONGEST_TITLE = 72;

    /// A title for a session that begins with a prompt: its first line, shortened.
    public static String titleOf(String prompt) {
        String line = prompt.strip().lines().findFirst().orElse("");
        return line.length() <= LONGEST_TITLE ? line : line.substring(0, LONGEST_TITLE - 1) + "…";
    }
}
