package dev.fettle.core.agent;

import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.turn.HandOver;
import dev.fettle.core.turn.Interjections;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.turn.TurnPausedException;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// The one request path: a request becomes a turn of a session, runs, and ends in a result. Terminal, HTTP
/// service and workers all come through here.
public final class Agent {
    private static final Approver UNASKED =
            question -> new Approver.Answer.Nobody("An agent that answers a question can ask nobody for permission.");

    private final SessionStore sessions;
    private final Assignment assignment;
    private final Toolbox toolbox;
    private final AgentLoop loop;
    private final AgentLoop delegates;
    private final Compactor compactor;
    private final InstantSource clock;

    /// An agent.
    ///
    /// @param toolbox what it can call; the agent itself adds how to delegate, unless a tool of that name is in it
    public Agent(
            SessionStore sessions,
            Assignment assignment,
            ModelProvider provider,
            Toolbox toolbox,
            Guard guard,
            InstantSource clock) {
        this.sessions = sessions;
        this.assignment = assignment;
        this.toolbox = toolbox;
        this.loop = new AgentLoop(provider, new Gatekeeper(guard.policy(), guard.approver()), clock);
        this.delegates = new AgentLoop(provider, new Gatekeeper(guard.policy(), UNASKED), clock);
        this.compactor = new Compactor(provider);
        this.clock = clock;
    }

    /// Who says what the agent may do.
    public record Guard(Policy policy, Approver approver) {}

    /// Runs a turn on the calling thread; interrupt it to cancel. A turn of the session whose process died is
    /// settled first: its open calls are answered "unknown outcome", then the new turn begins.
    ///
    /// @throws SessionException if the session cannot be had, or its log cannot be written
    public TurnResult run(TurnRequest request, TurnListener listener) {
        return run(request, listener, HandOver.NEVER);
    }

    /// The same, for a turn that may be stopped so that another process goes on with it. The turn of a queued run is
    /// begun the first time; later it is gone on with, and once it has ended, its result is all that is given.
    ///
    /// @throws TurnPausedException if the turn has stopped without having ended
    /// @throws SessionException if the session cannot be had, or its log cannot be written
    public TurnResult run(TurnRequest request, TurnListener listener, HandOver handOver) {
        return run(request, listener, handOver, new Interjections());
    }

    /// The same, for a user who may say more while it runs.
    public TurnResult run(TurnRequest request, TurnListener listener, HandOver handOver, Interjections interjections) {
        long begun = clock.millis();
        Session session = session(request);
        try (EventLog log = sessions.open(session.id())) {
            Turn turn = turn(log, listener, handOver, interjections);
            if (request.run().isPresent()
                    && request.run().equals(turn.conversation().run())) {
                return result(turn, goOn(turn, request.restored()), begun);
            }
            settle(turn);
            if (turn.conversation().instructions().isEmpty()) {
                turn.note(new Event.SessionStarted(
                        assignment.workspace().name(),
                        assignment.context().instructions().textFor(assignment.workspace())));
            }
            turn.note(new Event.UserSaid(request.prompt(), request.images(), request.run()));
            assignment
                    .context()
                    .beginning(assignment.workspace(), turn.conversation(), request.prompt())
                    .forEach(turn::note);
            request.workflow()
                    .ifPresent(given -> turn.note(new Event.Directed(given, "order", "", given.instructions())));
            turn.keep();
            return result(turn, loop.run(turn), begun);
        }
    }

    private Turn turn(EventLog log, TurnListener listener, HandOver handOver, Interjections interjections) {
        Turn turn = new Turn(assignment, toolbox, log, listener, handOver, interjections);
        if (!toolbox.has(Delegation.NAME)) {
            turn.equip(new Delegation(turn, delegates, toolbox.reading(), clock));
        }
        return turn;
    }

    private Outcome goOn(Turn turn, Optional<Event.Restored> restored) {
        return turn.conversation().isTurnOpen()
                ? loop.run(turn, restored)
                : turn.conversation().outcome().orElseThrow();
    }

    /// Ends the turn that is under way, if there is one, without going on with it: its open calls are answered, and
    /// the outcome is put down.
    ///
    /// @throws SessionException if the session cannot be had, or its log cannot be written
    public void end(SessionId session, Outcome outcome) {
        try (EventLog log = sessions.open(session)) {
            settle(turn(log, TurnListener.NONE, HandOver.NEVER, new Interjections()), outcome);
        }
    }

    /// Goes on with the turn that was under way when its process died. What is in the log is not done again: finished
    /// model calls and tools count, a call that may have had an effect is answered with what is known of it.
    ///
    /// @throws SessionException if the session cannot be had, or has no turn under way
    public TurnResult resume(TurnRequest.Target.Existing target, TurnListener listener) {
        return resume(target, listener, HandOver.NEVER, new Interjections());
    }

    /// The same, for a turn that may be stopped again, and a user who may say more while it runs.
    ///
    /// @throws TurnPausedException if the turn has stopped without having ended
    /// @throws SessionException if the session cannot be had, or has no turn under way
    public TurnResult resume(
            TurnRequest.Target.Existing target, TurnListener listener, HandOver handOver, Interjections interjections) {
        long begun = clock.millis();
        try (EventLog log = sessions.open(existing(target).id())) {
            Turn turn = turn(log, listener, handOver, interjections);
            if (!turn.conversation().isTurnOpen()) {
                throw new SessionException(
                        SessionException.Kind.NOT_FOUND,
                        "The last turn of %s has ended; say what to do next".formatted(log.session()));
            }
            return result(turn, loop.run(turn), begun);
        }
    }

    /// Has the model see a summary in place of the older part of a session's conversation, from its next turn on.
    ///
    /// @param focus what matters most of it
    /// @param listener hears what was done, as an [Event.Compacted]
    /// @return whether the conversation is shorter; false if it is as short as it gets
    /// @throws InterruptedException when the calling thread is interrupted; then nothing is changed
    /// @throws SessionException if the session cannot be had or has a turn that has not ended, or its log cannot be
    ///     written
    public boolean compact(SessionId session, Optional<String> focus, TurnListener listener)
            throws InterruptedException {
        try (EventLog log = sessions.open(session)) {
            Turn turn = turn(log, listener, HandOver.NEVER, new Interjections());
            if (turn.conversation().isTurnOpen()) {
                throw new SessionException(
                        SessionException.Kind.BUSY,
                        "The last turn of %s has not ended; go on with it first: fettle run --resume %s"
                                .formatted(session, session));
            }
            return compactor.compact(turn, "person", focus.orElse(""));
        }
    }

    private TurnResult result(Turn turn, Outcome outcome, long begun) {
        Conversation.TurnTotals totals = turn.conversation().turn();
        return new TurnResult(
                turn.session(),
                outcome,
                turn.conversation().lastText(),
                totals.steps() == 0
                        ? assignment.model().name()
                        : turn.conversation().lastAnswer().orElseThrow().by(),
                totals.steps(),
                totals.usage(),
                totals.cost(),
                Duration.ofMillis(Math.max(0, clock.millis() - begun)),
                turn.conversation().report());
    }

    private Session session(TurnRequest request) {
        return switch (request.target()) {
            case TurnRequest.Target.NewSession _ ->
                sessions.create(
                        assignment.workspace().name(),
                        Session.titleOf(assignment.secrets().mask(request.prompt())),
                        assignment.purse().user());
            case TurnRequest.Target.Existing existing -> existing(existing);
        };
    }

    private Session existing(TurnRequest.Target.Existing target) {
        String workspace = assignment.workspace().name();
        return switch (target) {
            case TurnRequest.Target.LatestSession _ ->
                sessions
                        .list(SessionFilter.ALL
                                .in(workspace)
                                .of(assignment.purse().user())
                                .most(1))
                        .stream()
                        .findFirst()
                        .orElseThrow(() -> new SessionException(
                                SessionException.Kind.NOT_FOUND,
                                "There is no session to continue in %s; leave out --continue to start one"
                                        .formatted(workspace)));
            case TurnRequest.Target.GivenSession(var id) ->
                sessions.find(id)
                        .orElseThrow(() -> new SessionException(
                                SessionException.Kind.NOT_FOUND,
                                "There is no session %s; `fettle sessions list` shows them".formatted(id)));
        };
    }

    private static void settle(Turn turn) {
        settle(turn, new Outcome.Failed(Outcome.Cause.OTHER, "The process died before the turn ended."));
    }

    private static void settle(Turn turn, Outcome outcome) {
        turn.answerOpenCalls(open -> open.started().isPresent()
                ? ToolResult.unknown(open.call().id(), Turn.IN_DOUBT)
                : ToolResult.error(open.call().id(), "Not run: the turn had stopped before it started."));
        if (turn.conversation().isTurnOpen()) {
            turn.end(outcome);
        }
    }
}
