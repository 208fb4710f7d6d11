package dev.fettle.cli.host;

import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import java.util.List;

/// Finds the session a person means: by id, by the beginning of an id, or `latest`.
public final class SessionReference {
    private SessionReference() {}

    /// The session.
    ///
    /// @throws CommandException if there is none, or more than one
    public static SessionId find(SessionStore sessions, String reference) {
        List<SessionId> all = sessions.list().stream().map(Session::id).toList();
        if (reference.equals("latest") && !all.isEmpty()) {
            return all.getFirst();
        }
        List<SessionId> matching = all.stream()
                .filter(id -> id.value().startsWith(reference) || id.value().startsWith("ses_" + reference))
                .toList();
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        throw CommandException.usage(
                matching.isEmpty()
                        ? "There is no session `%s`; `fettle sessions list --all` shows them.".formatted(reference)
                        : "`%s` begins the ids of %d sessions; give more of it.".formatted(reference, matching.size()));
    }
}
