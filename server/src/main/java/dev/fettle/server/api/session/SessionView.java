package dev.fettle.server.api.session;

import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.Status;
import java.util.Optional;

/// A session as it is shown.
///
/// @param workspace the name of its directory
/// @param status how its last turn ended
record SessionView(
        String sessionId,
        String title,
        String workspace,
        String user,
        String createdAt,
        String updatedAt,
        Optional<String> parent,
        Optional<String> status) {

    static SessionView of(Session session, String workspace) {
        return new SessionView(
                session.id().value(),
                session.title(),
                workspace,
                session.user(),
                session.createdAt().toString(),
                session.updatedAt().toString(),
                session.parent().map(SessionId::value),
                session.status().map(Status::word));
    }
}
