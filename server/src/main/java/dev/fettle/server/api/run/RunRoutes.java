package dev.fettle.server.api.run;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunQueue.Answer.No;
import dev.fettle.core.run.RunQueue.Answer.Yes;
import dev.fettle.core.session.SessionStore;
import dev.fettle.server.api.feed.SessionEvents;
import dev.fettle.server.api.feed.SessionFeed;
import dev.fettle.server.api.guard.Page;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs: asked for, watched, cancelled and answered.
public record RunRoutes(Visible visible, RunDesk desk, SessionFeed feed) {
    /// As far as lists go back.
    private static final int MOST = 10_000;

    /// Why something is refused.
    record Refusal(Optional<String> reason) {}

    record RunList(List<RunView> runs, Optional<String> nextCursor) {}

    public List<Route> list() {
        Access read = new Access.Scoped("read");
        Access run = new Access.Scoped("run");
        return List.of(
                Route.post("/api/v1/runs", run, this::submit),
                Route.get("/api/v1/runs", read, this::all),
                Route.get("/api/v1/runs/{id}", read, this::one),
                Route.get("/api/v1/runs/{id}/events", read, this::events),
                Route.post("/api/v1/runs/{id}/cancel", run, this::cancel),
                Route.post("/api/v1/runs/{id}/approve", run, request -> answer(request, new Yes())),
                Route.post("/api/v1/runs/{id}/deny", run, this::deny));
    }

    private RunQueue runs() {
        return visible.runs();
    }

    private Run named(Request request) {
        return visible.run(Visible.caller(request), request.value("id"));
    }

    private Answer submit(Request request) throws InterruptedException {
        Run run = desk.submit(Visible.caller(request), request.json(RunOrder.class));
        request.trail().run(run);
        return RunWait.accepted(run);
    }

    private Answer all(Request request) {
        Caller caller = Visible.caller(request);
        Optional<String> session = request.parameter("session_id");
        Optional<String> status = request.parameter("status");
        Stream<Run> found = runs().list(Visible.whose(caller), MOST).stream()
                .filter(run -> session.map(run.session().value()::equals).orElse(true))
                .filter(run -> status.map(run.state().word()::equals).orElse(true));
        Page.Part<Run> part = Page.of(request).of(found, run -> run.id().value());
        return Answer.json(new RunList(part.items().stream().map(RunView::of).toList(), part.next()));
    }

    private Answer one(Request request) {
        Run run = named(request);
        SessionStore sessions = visible.sessions();
        return Answer.json(
                RunView.of(run, run.hasEnded() ? Optional.of(RunResult.of(run, sessions)) : Optional.empty()));
    }

    private Answer events(Request request) {
        SessionEvents.checkPlace(request);
        return Answer.events(new RunEvents(named(request), runs(), visible.sessions(), feed));
    }

    private Answer cancel(Request request) {
        Run run = runs().cancel(named(request).id());
        return Answer.json(run.hasEnded() ? 200 : 202, RunView.of(run));
    }

    private Answer deny(Request request) throws InterruptedException {
        String reason = request.head().has("Content-Type")
                ? request.json(Refusal.class).reason().orElse("")
                : "";
        return answer(request, new No(desk.mask().apply(reason)));
    }

    private Answer answer(Request request, RunQueue.Answer answer) {
        return Answer.json(RunView.of(runs().answer(named(request).id(), answer)));
    }
}
