package dev.fettle.server.api.session;

import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.Status;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import java.util.Optional;

/// A session as it is shown.
///
/// @param workspace the name of its directory
/// @param status how its last turn ended
record SessionView(
        @Form(TextForm.SESSION_ID) String sessionId,
        String title,
        String workspace,
        String user,
        @Form(TextForm.TIME) String createdAt,
        @Form(TextForm.TIME) String updatedAt,
        @Form(TextForm.SESSION_ID) Optional<String> parent,
        @Form(TextForm.STATUS) Optional<String> status) {

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
