package dev.fettle.core.agent;

import dev.fettle.core.context.Context;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.redaction.Preview;
import dev.fettle.core.redaction.Redaction;
import dev.fettle.core.secret.SecretVault;
import dev.fettle.core.secret.SeenSecret;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.turn.HandOver;
import dev.fettle.core.turn.Interjections;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.turn.TurnPausedException;
import dev.fettle.core.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A turn under way: the log it is written to, and the conversation folded from that log. Used by one thread.
final class Turn {
    static final String IN_DOUBT =
            "Unknown outcome: the process died while this ran. It may have had its effect or not; "
                    + "check before you repeat it.";

    private static final int NEWEST_RESULTS = 3;
    private static final int LEFT_OF_OLDER_RESULTS = 400;

    private final Assignment assignment;
    private Toolbox toolbox;
    private final EventLog log;
    private final TurnListener listener;
    private final Conversation conversation;
    private final Redaction redaction;
    private final HandOver handOver;
    private final Interjections interjections;
    private final List<Event> noted = new ArrayList<>();
    private long position;
    private boolean isShortened;
    private Optional<Toolbox> reporting = Optional.empty();

    Turn(Assignment assignment, Toolbox toolbox, EventLog log, TurnListener listener, HandOver handOver) {
        this(assignment, toolbox, log, listener, handOver, new Interjections());
    }

    Turn(
            Assignment assignment,
            Toolbox toolbox,
            EventLog log,
            TurnListener listener,
            HandOver handOver,
            Interjections interjections) {
        this.assignment = assignment;
        this.toolbox = toolbox;
        this.log = log;
        this.listener = listener;
        this.handOver = handOver;
        this.interjections = interjections;
        List<LogEntry> entries = log.entries();
        this.position = entries.isEmpty() ? 0 : entries.getLast().seq();
        this.conversation = Conversation.of(entries);
        this.redaction = new Redaction(assignment.secrets().vault(conversation.secrets()), conversation);
    }

    /// Gives its model one tool more.
    void equip(Tool more) {
        toolbox = toolbox.with(more);
    }

    Assignment assignment() {
        return assignment;
    }

    SessionId session() {
        return log.session();
    }

    TurnListener listener() {
        return listener;
    }

    Conversation conversation() {
        return conversation;
    }

    SecretVault vault() {
        return redaction.vault();
    }

    boolean isHandedOver() {
        return handOver.isWanted();
    }

    /// What has happened in the session so far.
    List<LogEntry> entries() {
        keep();
        return log.entries();
    }

    /// When a call was started, as the log says.
    Optional<Instant> startOf(String callId) {
        return log.entries().stream()
                .filter(entry -> entry.event() instanceof Event.ToolStarted started
                        && started.callId().equals(callId))
                .map(LogEntry::at)
                .findFirst();
    }

    /// To be called between steps.
    ///
    /// @throws TurnPausedException if somebody else is to go on with the turn
    void stopIfHandedOver() {
        if (isHandedOver()) {
            throw TurnPausedException.handedOver();
        }
    }

    /// Takes what the user has said since the last step.
    void listen() {
        for (Interjections.Words said : interjections.take()) {
            record(new Event.UserSaid(said.text(), said.images(), conversation.run()));
        }
    }

    /// To be called before an effect outside the log; from any thread.
    void confirm() {
        log.confirm();
    }

    /// First the log, then everything that follows from it. No secret gets past here: the log, and with it every
    /// request, has handles instead.
    void record(Event event) {
        note(event);
        keep();
    }

    /// @param along what is kept with it, or not at all
    void record(Event event, Runnable along) {
        note(event);
        applied(log.append(taken(), along));
    }

    /// Puts down what nothing outside follows from yet. It is kept together with what comes next, which saves waiting
    /// for the store.
    void note(Event event) {
        Event redacted = redaction.of(event);
        for (SeenSecret met : vault().takeFresh()) {
            noted.add(new Event.SecretSeen(met.handle(), met.kind(), met.fingerprint()));
        }
        noted.add(redacted);
    }

    /// Keeps what was noted, if there is any.
    void keep() {
        if (!noted.isEmpty()) {
            applied(log.append(taken()));
        }
    }

    /// Keeps the working tree as it is before the first call of the turn that may change it.
    void keepTree() {
        if (conversation.tree().isEmpty()) {
            assignment.keeper().ifPresent(keeper -> note(keeper.before(session())));
        }
    }

    /// Keeps what the turn has made of the working tree.
    void keepChangedTree() {
        assignment
                .keeper()
                .flatMap(keeper -> conversation.tree().flatMap(begun -> keeper.after(session(), begun)))
                .ifPresent(this::note);
    }

    private List<Event> taken() {
        List<Event> taken = List.copyOf(noted);
        noted.clear();
        return taken;
    }

    private void applied(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            position = entry.seq();
            conversation.apply(entry.event());
            listener.onEvent(entry);
        }
    }

    /// Shows an answer while it comes: as it is to who has the turn run, as the log will have it to whoever watches.
    Consumer<Delta> preview() {
        Preview preview = new Preview(vault(), position);
        return delta -> {
            listener.onDelta(delta);
            preview.take(delta).forEach(log::show);
        };
    }

    /// Ends the turn, in the words that the log has.
    Outcome end(Outcome outcome) {
        Outcome redacted = redaction.of(outcome);
        record(new Event.TurnEnded(redacted));
        return redacted;
    }

    /// What the model can call: besides the usual tools, the one for the report of the turn's workflow.
    Toolbox tools() {
        Optional<Tool> report = conversation.workflow().flatMap(Workflow::report);
        if (report.isPresent() && reporting.isEmpty()) {
            reporting = Optional.of(toolbox.with(report.get()));
        }
        return report.flatMap(_ -> reporting).orElse(toolbox);
    }

    ModelRequest request() {
        return new ModelRequest(
                assignment.model(),
                conversation.instructions().orElseThrow(),
                tools().specs(),
                conversation.messages(),
                assignment.temperature());
    }

    /// Has the model see older tool results shortened from here on.
    ///
    /// @return whether that left anything out; it does so once a turn
    boolean shorten() {
        if (isShortened || !conversation.hasLongResults(NEWEST_RESULTS, LEFT_OF_OLDER_RESULTS)) {
            return false;
        }
        isShortened = true;
        record(new Event.Shortened(NEWEST_RESULTS, LEFT_OF_OLDER_RESULTS));
        return true;
    }

    /// Puts in the instructions for the parts of the tree that the last step has reached.
    void instruct() {
        Context.reached(
                        assignment.workspace(),
                        conversation.steps().getLast().seen().keySet(),
                        conversation)
                .forEach(this::record);
    }

    /// Answers every call that has no answer yet, so that the conversation can go on.
    void answerOpenCalls(Function<Conversation.OpenCall, ToolResult> answer) {
        for (Conversation.OpenCall open : conversation.openCalls()) {
            record(new Event.ToolFinished(answer.apply(open), Map.of(), 0));
        }
    }
}
