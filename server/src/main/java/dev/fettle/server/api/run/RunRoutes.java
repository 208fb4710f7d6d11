package dev.fettle.server.api.run;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunQueue.Answer.No;
import dev.fettle.core.run.RunQueue.Answer.Yes;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.server.api.feed.SessionEvents;
import dev.fettle.server.api.guard.Page;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Optional;

/// Runs: asked for, watched, cancelled and answered.
public record RunRoutes(Visible visible, RunDesk desk, Feed feed) {
    /// Why something is refused.
    record Refusal(Optional<String> reason) {}

    record RunList(List<RunView> runs, Optional<String> nextCursor) {}

    private static final Parameter ID = Parameter.path("id", TextForm.RUN_ID, "The run.");

    public List<Route> list() {
        Access read = new Access.Scoped("read");
        Access run = new Access.Scoped("run");
        return List.of(
                Route.post("/api/v1/runs", run, this::submit)
                        .as(Operation.of(
                                        "order_run",
                                        "Order a run",
                                        "Queues a task for an agent, in a session of its own or as the next turn of one.")
                                .takes(RunOrder.class)
                                .gives(RunWait.FOLLOWED)
                                .refuses(404, "The session or the workspace is not there, or is another's.")
                                .refuses(507, "There is no room for what runs work on.")),
                Route.get("/api/v1/runs", read, this::all)
                        .as(Operation.of("list_runs", "List runs", "The newest first; an administrator sees all.")
                                .with(
                                        Page.LIMIT,
                                        Page.CURSOR,
                                        Parameter.query("session_id", TextForm.SESSION_ID, "Only those of a session."),
                                        Parameter.query("status", TextForm.RUN_STATUS, "Only those that stand so."))
                                .gives(200, "A page of them.", RunList.class)),
                Route.get("/api/v1/runs/{id}", read, this::one)
                        .as(Operation.of("get_run", "Look at a run", "With its result when it has ended.")
                                .with(ID)
                                .gives(200, "The run.", RunView.class)),
                Route.get("/api/v1/runs/{id}/events", read, this::events)
                        .as(Operation.of(
                                        "follow_run",
                                        "Follow a run",
                                        "Its events as they happen (server-sent events), from the first to the last. Then"
                                                + " comes `run_ended` with the run. "
                                                + SessionEvents.OF_DELTAS)
                                .with(ID, SessionEvents.LAST_EVENT_ID)
                                .gives(Reply.text("text/event-stream", "The events."))),
                Route.post("/api/v1/runs/{id}/cancel", run, this::cancel)
                        .as(Operation.of("cancel_run", "Cancel a run", "What was done so far is kept.")
                                .with(ID)
                                .gives(200, "The run, which has ended.", RunView.class)
                                .gives(202, "The run, whose worker has yet to hear of it.", RunView.class)),
                Route.post("/api/v1/runs/{id}/approve", run, request -> answer(request, new Yes()))
                        .as(Operation.of("approve", "Approve", "Allows what a run that waits asks for in `question`.")
                                .with(ID)
                                .gives(200, "The run, which goes on.", RunView.class)
                                .refuses(409, "The run does not wait for an answer.")),
                Route.post("/api/v1/runs/{id}/deny", run, this::deny)
                        .as(Operation.of("deny", "Deny", "Refuses what a run that waits asks for; it is told why.")
                                .with(ID)
                                .mayTake(Refusal.class)
                                .gives(200, "The run, which goes on.", RunView.class)
                                .refuses(409, "The run does not wait for an answer.")));
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
        Page page = Page.of(request);
        RunFilter filter = new RunFilter(
                Visible.whose(Visible.caller(request)),
                request.parameter("session_id").map(RunRoutes::session),
                request.parameter("status"),
                page.after().map(RunRoutes::place),
                page.limit() + 1);
        Page.Part<Run> part =
                page.of(runs().list(filter).stream(), run -> run.id().value());
        return Answer.json(new RunList(part.items().stream().map(RunView::of).toList(), part.next()));
    }

    private static SessionId session(String id) {
        return Visible.read(id, SessionId::new)
                .orElseThrow(() -> new Problem(400, "`session_id` is not the id of a session.").exception());
    }

    /// What no page has given is behind everything, as in all lists.
    private static RunId place(String cursor) {
        return Visible.read(cursor, RunId::new).orElse(new RunId("run_" + "0".repeat(32)));
    }

    private Answer one(Request request) {
        Run run = named(request);
        SessionStore sessions = visible.sessions();
        return Answer.json(
                RunView.of(run, run.hasEnded() ? Optional.of(RunResult.of(run, sessions)) : Optional.empty()));
    }

    private Answer events(Request request) {
        SessionEvents.checkPlace(request);
        return Answer.events(new RunEvents(named(request), runs(), feed));
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
