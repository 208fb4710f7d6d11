package dev.fettle.server.api.guard;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.problem.Problem;
import java.util.Optional;
import java.util.function.Function;

/// What somebody may see of sessions and runs: their own, and an administrator all. What is another's is answered like
/// what does not exist, so that nobody learns of it.
public record Visible(SessionStore sessions, RunQueue runs) {

    /// Who asks; for routes that are not open to all.
    public static Caller caller(Request request) {
        return request.caller().orElseThrow();
    }

    public static boolean isVisible(Caller caller, String user) {
        return caller.role() == Caller.Role.ADMIN || caller.user().equals(user);
    }

    /// Whose things a list shows: empty for everybody's.
    public static Optional<String> whose(Caller caller) {
        return caller.role() == Caller.Role.ADMIN ? Optional.empty() : Optional.of(caller.user());
    }

    /// The session that the client named.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 404
    public Session session(Caller caller, String id) {
        return read(id, SessionId::new)
                .flatMap(sessions::find)
                .filter(session -> isVisible(caller, session.user()))
                .orElseThrow(() -> new Problem(404, "There is no such session.").exception());
    }

    /// The run that the client named.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 404
    public Run run(Caller caller, String id) {
        return read(id, RunId::new)
                .flatMap(runs::find)
                .filter(run -> isVisible(caller, run.user()))
                .orElseThrow(() -> new Problem(404, "There is no such run.").exception());
    }

    /// An id as the client wrote it; empty if that is none.
    public static <T> Optional<T> read(String id, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
