package dev.fettle.server.api.session;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.cache.Cache;
import dev.fettle.core.feed.Feed;
import dev.fettle.core.run.Run;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.server.api.feed.SessionEvents;
import dev.fettle.server.api.guard.Page;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.api.run.Workspaces;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.MaxLength;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Parameter.Kind;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sessions: listed, read, forked, renamed, taken along and removed.
public record SessionRoutes(Visible visible, Workspaces workspaces, Feed feed, Audit audit, Cache cache) {

    record Change(@MaxLength(200) @Form(TextForm.SAID) String title) {
        Change {
            if (title.isBlank()) {
                throw new IllegalArgumentException("A title has at least one letter.");
            }
        }
    }

    record SessionList(List<SessionView> sessions, Optional<String> nextCursor) {}

    private static final Parameter ID = Parameter.path("id", TextForm.SESSION_ID, "The session.");

    private static final int AT_ONCE = 256;
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,15}) (ses_[0-9a-f]{32})");

    public List<Route> list() {
        Access read = new Access.Scoped("read");
        Access run = new Access.Scoped("run");
        return List.of(
                Route.get("/api/v1/sessions", read, this::all)
                        .as(Operation.of("list_sessions", "List sessions", "Those that changed last come first.")
                                .with(
                                        Page.LIMIT,
                                        Page.CURSOR,
                                        Parameter.query(
                                                "q", new Kind.Text(200), "Only those with this in their title."))
                                .gives(200, "A page of them.", SessionList.class)),
                Route.get("/api/v1/sessions/{id}", read, request -> Answer.json(view(named(request))))
                        .as(Operation.of("get_session", "Look at a session", "What it is called, where it works.")
                                .with(ID)
                                .gives(200, "The session.", SessionView.class)),
                Route.get("/api/v1/sessions/{id}/events", read, this::events)
                        .as(Operation.of(
                                        "follow_session",
                                        "Follow a session",
                                        "Its events (server-sent events), those that were and those that come, for as long"
                                                + " as the client listens. "
                                                + SessionEvents.OF_DELTAS)
                                .with(ID, SessionEvents.LAST_EVENT_ID)
                                .gives(Reply.text("text/event-stream", "The events."))),
                Route.get("/api/v1/sessions/{id}/export", read, this::export)
                        .as(Operation.of(
                                        "export_session",
                                        "Take a session along",
                                        "All its events, a line of JSON each.")
                                .with(ID)
                                .gives(Reply.text("application/x-ndjson", "The events.")
                                        .with("Content-Disposition", "A name for the file."))),
                Route.post("/api/v1/sessions/{id}/fork", run, this::fork)
                        .as(Operation.of("fork_session", "Fork a session", "A copy that goes on by itself.")
                                .with(ID)
                                .gives(Reply.json(201, "The copy.", SessionView.class)
                                        .with("Location", "The address of the copy."))),
                new Route("PATCH", "/api/v1/sessions/{id}", run, this::rename)
                        .as(Operation.of("rename_session", "Rename a session", "Gives it another title.")
                                .with(ID)
                                .takes(Change.class)
                                .gives(200, "The session.", SessionView.class)),
                Route.delete("/api/v1/sessions/{id}", run, this::delete)
                        .as(Operation.of("delete_session", "Remove a session", "Its directory is left where it is.")
                                .with(ID)
                                .gives(Reply.empty(204, "It is gone."))
                                .refuses(409, "A run of it has not ended.")));
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
        Page page = Page.of(request);
        SessionFilter filter = new SessionFilter(
                Visible.whose(caller),
                Optional.empty(),
                page.after().map(SessionRoutes::place),
                words.isPresent() ? AT_ONCE : page.limit() + 1);
        Stream<Session> found = from(filter)
                .filter(session -> words.map(session.title().toLowerCase(Locale.ROOT)::contains)
                        .orElse(true));
        Page.Part<Session> part = page.of(found, SessionRoutes::place);
        return Answer.json(new SessionList(part.items().stream().map(this::view).toList(), part.next()));
    }

    /// Read as far as somebody looks.
    private Stream<Session> from(SessionFilter filter) {
        return Stream.iterate(
                        sessions().list(filter),
                        found -> !found.isEmpty(),
                        found -> found.size() < filter.most()
                                ? List.of()
                                : sessions().list(filter.after(SessionFilter.Place.of(found.getLast()))))
                .flatMap(List::stream);
    }

    /// What no page has given is behind everything, as in all lists.
    private static SessionFilter.Place place(String cursor) {
        Matcher parts = PLACE.matcher(cursor);
        return parts.matches()
                ? new SessionFilter.Place(
                        Instant.ofEpochMilli(Long.parseLong(parts.group(1))), new SessionId(parts.group(2)))
                : new SessionFilter.Place(Instant.EPOCH, new SessionId("ses_" + "0".repeat(32)));
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
        // What was said in it may be kept as an answer.
        cache.invalidate(session.user());
        return Answer.empty(204);
    }
}
