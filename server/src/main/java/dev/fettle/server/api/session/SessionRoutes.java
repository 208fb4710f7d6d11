package dev.fettle.server.api.session;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.feed.Feed;
import dev.fettle.core.run.Run;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionStore;
import dev.fettle.server.api.feed.SessionEvents;
import dev.fettle.server.api.guard.Page;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.api.run.Workspaces;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.MaxLength;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sessions: listed, read, forked, renamed, taken along and removed.
public record SessionRoutes(Visible visible, Workspaces workspaces, Feed feed, Audit audit) {

    record Change(@MaxLength(200) String title) {
        Change {
            if (title.isBlank()) {
                throw new IllegalArgumentException("A title has at least one letter.");
            }
        }
    }

    record SessionList(List<SessionView> sessions, Optional<String> nextCursor) {}

    public List<Route> list() {
        Access read = new Access.Scoped("read");
        Access run = new Access.Scoped("run");
        return List.of(
                Route.get("/api/v1/sessions", read, this::all),
                Route.get("/api/v1/sessions/{id}", read, request -> Answer.json(view(named(request)))),
                Route.get("/api/v1/sessions/{id}/events", read, this::events),
                Route.get("/api/v1/sessions/{id}/export", read, this::export),
                Route.post("/api/v1/sessions/{id}/fork", run, this::fork),
                new Route("PATCH", "/api/v1/sessions/{id}", run, this::rename),
                Route.delete("/api/v1/sessions/{id}", run, this::delete));
    }

    private SessionStore sessions() {
        return visible.sessions();
    }

    private SessionView view(Session session) {
        return SessionView.of(session, workspaces.shown(session));
    }

    private Session named(Request request) {
        return visible.session(Visible.caller(request), request.value("id"));
    }

    private Answer all(Request request) {
        Caller caller = Visible.caller(request);
        Optional<String> words = request.parameter("q").map(each -> each.toLowerCase(Locale.ROOT));
        Stream<Session> found = sessions().list().stream()
                .filter(session -> Visible.isVisible(caller, session.user()))
                .filter(session -> words.map(session.title().toLowerCase(Locale.ROOT)::contains)
                        .orElse(true));
        Page.Part<Session> part = Page.of(request).of(found, SessionRoutes::place);
        return Answer.json(new SessionList(part.items().stream().map(this::view).toList(), part.next()));
    }

    /// Sorts as the store's list does: the time has as many digits for centuries to come.
    private static String place(Session session) {
        return "%d %s".formatted(session.updatedAt().toEpochMilli(), session.id());
    }

    private Answer events(Request request) {
        SessionEvents.checkPlace(request);
        return Answer.events(new SessionEvents(named(request).id(), feed));
    }

    private Answer export(Request request) {
        Session session = named(request);
        String lines = sessions().history(session.id()).stream()
                .map(entry -> EventJson.writeEntry(entry) + "\n")
                .collect(Collectors.joining());
        return Answer.text("application/x-ndjson", lines)
                .with("Content-Disposition", "attachment; filename=\"%s.jsonl\"".formatted(session.id()));
    }

    private Answer fork(Request request) {
        Session fork = sessions().fork(named(request).id());
        return Answer.json(201, view(fork)).with("Location", "/api/v1/sessions/" + fork.id());
    }

    private Answer rename(Request request) throws InterruptedException {
        Session session = named(request);
        sessions().rename(session.id(), request.json(Change.class).title());
        return Answer.json(view(named(request)));
    }

    /// Its run would go on with nowhere to write.
    private Answer delete(Request request) {
        Session session = named(request);
        Optional<Run> open = visible.runs().latest(session.id()).filter(run -> !run.hasEnded());
        if (open.isPresent()) {
            throw new Problem(
                            409,
                            "%s of this session has not ended; cancel it first."
                                    .formatted(open.get().id()))
                    .exception();
        }
        audit.append(
                Visible.caller(request).user(), "session.delete", session.id().value(), "");
        sessions().delete(session.id());
        return Answer.empty(204);
    }
}
