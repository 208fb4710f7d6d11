package dev.fettle.core.session;

import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.secret.SeenSecret;
import dev.fettle.core.todo.Todo;
import dev.fettle.core.todo.TodoTool;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Report;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// What a session's log amounts to: the messages a model sees, the calls still open, what the running turn
/// has spent. A fold over the log, fed entry by entry.
public final class Conversation {
    private final List<Message> messages = new ArrayList<>();
    private final SequencedMap<String, Pending> pending = new LinkedHashMap<>();
    private final Set<String> callIds = new HashSet<>();
    private final Map<String, String> seen = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private final List<SeenSecret> secrets = new ArrayList<>();
    private final List<Event.Informed> informed = new ArrayList<>();
    private List<Todo> todos = List.of();
    private Optional<String> compaction = Optional.empty();
    private Counted counted = Counted.NOTHING;
    private Optional<Message.Assistant> lastAnswer = Optional.empty();
    private String said = "";
    private final List<Message> told = new ArrayList<>();
    private Optional<String> instructions = Optional.empty();
    private TurnTotals turn = TurnTotals.NONE;
    private TurnTotals session = TurnTotals.NONE;
    private boolean isTurnOpen;
    private Optional<Workflow> workflow = Optional.empty();
    private Optional<RunId> run = Optional.empty();
    private Optional<Event.TreeKept> tree = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();

    /// A call that the model has made and nobody has answered for good.
    private record Pending(ToolCall call, Optional<Effect> started, Optional<ToolResult> result) {}

    /// An unanswered call, as found after a crash or a cancellation.
    ///
    /// @param started what it can do, if it was started; empty if it was not
    public record OpenCall(ToolCall call, Optional<Effect> started) {
        /// Whether it may have changed something.
        public boolean isInDoubt() {
            return started.filter(effect -> effect != Effect.READ).isPresent();
        }
    }

    /// What was consumed.
    ///
    /// @param unanswered permissions that were refused because there was nobody to ask
    public record TurnTotals(int steps, Usage usage, Money cost, int unanswered) {
        static final TurnTotals NONE = new TurnTotals(0, Usage.ZERO, Money.ZERO, 0);

        TurnTotals plusStep(Usage more, Money price) {
            return new TurnTotals(steps + 1, usage.plus(more), cost.plus(price), unanswered);
        }

        TurnTotals plusQuestion(Usage more, Money price) {
            return new TurnTotals(steps, usage.plus(more), cost.plus(price), unanswered);
        }

        TurnTotals plusUnanswered() {
            return new TurnTotals(steps, usage, cost, unanswered + 1);
        }
    }

    /// What a provider has said that a request takes.
    ///
    /// @param tokens of system text, tools and the first messages; 0 if the messages have changed since
    /// @param messages how many those are
    public record Counted(long tokens, int messages) {
        static final Counted NOTHING = new Counted(0, 0);
    }

    public static Conversation of(List<LogEntry> log) {
        Conversation conversation = new Conversation();
        log.forEach(entry -> conversation.apply(entry.event()));
        return conversation;
    }

    public void apply(Event event) {
        switch (event) {
            case Event.SessionStarted started -> instructions = Optional.of(started.instructions());
            case Event.UserSaid said -> {
                messages.add(new Message.User(said.text(), said.images()));
                if (!isTurnOpen) {
                    begin(said);
                }
            }
            case Event.AssistantSaid said -> {
                Message.Assistant answer = new Message.Assistant(said.content(), said.model());
                messages.add(answer);
                lastAnswer = Optional.of(answer);
                counted = new Counted(said.usage().total(), messages.size());
                steps.add(new Step(answer.calls()));
                for (ToolCall call : answer.calls()) {
                    callIds.add(call.id());
                    pending.put(call.id(), new Pending(call, Optional.empty(), Optional.empty()));
                }
                turn = turn.plusStep(said.usage(), said.cost());
                session = session.plusStep(said.usage(), said.cost());
            }
            case Event.ApprovalAsked _ -> {}
            case Event.PermissionDecided decided -> {
                if (decided.by().equals("nobody")) {
                    turn = turn.plusUnanswered();
                }
            }
            case Event.ToolStarted started ->
                pending.computeIfPresent(
                        started.callId(),
                        (_, was) -> new Pending(was.call(), Optional.of(started.effect()), was.result()));
            case Event.ToolFinished finished -> finish(finished);
            case Event.SecretSeen met -> secrets.add(new SeenSecret(met.handle(), met.kind(), met.fingerprint()));
            case Event.Advised advised -> {
                messages.add(new Message.User(advised.text(), List.of()));
                if (!steps.isEmpty()) {
                    steps.getLast().advise();
                }
            }
            case Event.Shortened shortened -> shorten(shortened);
            case Event.Restored restored -> {
                if (!restored.missing().isEmpty()) {
                    messages.add(new Message.User(
                            "The work goes on on another machine. These files could not be restored there:\n"
                                    + String.join("\n", restored.missing()),
                            List.of()));
                }
            }
            case Event.TreeKept kept -> {
                switch (kept.cause()) {
                    case TURN -> tree = Optional.of(kept);
                    case UNDO -> tell("The user has taken back what you changed in these files", kept);
                    case REDO -> tell("The user has restored your changes, taken back before, in these files", kept);
                }
            }
            case Event.Directed directed -> {
                workflow = Optional.of(directed.workflow());
                if (!directed.text().isEmpty()) {
                    messages.add(new Message.User(directed.text(), List.of()));
                }
                turn = turn.plusQuestion(directed.usage(), directed.cost());
                session = session.plusQuestion(directed.usage(), directed.cost());
            }
            case Event.Informed told -> {
                informed.add(told);
                messages.add(new Message.User(told.text(), List.of()));
            }
            case Event.Compacted compacted -> compact(compacted);
            case Event.TurnEnded ended -> {
                isTurnOpen = false;
                outcome = Optional.of(ended.outcome());
            }
        }
    }

    /// After the results of calls that are still open: nothing may come between a call and its result.
    private void tell(String what, Event.TreeKept kept) {
        if (!kept.paths().isEmpty()) {
            told.add(new Message.User(
                    "%s: %s. Read them again before you change them.".formatted(what, String.join(", ", kept.paths())),
                    List.of()));
        }
        if (pending.isEmpty()) {
            tell();
        }
    }

    private void tell() {
        messages.addAll(told);
        told.clear();
    }

    private void begin(Event.UserSaid said) {
        turn = TurnTotals.NONE;
        steps.clear();
        reports.clear();
        workflow = Optional.empty();
        tree = Optional.empty();
        isTurnOpen = true;
        run = said.run();
        this.said = said.text();
    }

    private void finish(Event.ToolFinished finished) {
        seen.putAll(finished.seen());
        finished.report().ifPresent(reports::add);
        finished.spending().ifPresent(each -> {
            turn = turn.plusQuestion(each.usage(), each.cost());
            session = session.plusQuestion(each.usage(), each.cost());
        });
        Optional.ofNullable(pending.get(finished.result().callId()))
                .map(Pending::call)
                .filter(call ->
                        call.name().equals(TodoTool.NAME) && !finished.result().isError())
                .flatMap(call -> TodoTool.list(call.arguments()))
                .ifPresent(list -> todos = list);
        if (!steps.isEmpty()) {
            steps.getLast().finish(finished);
        }
        pending.computeIfPresent(
                finished.result().callId(),
                (_, was) -> new Pending(was.call(), was.started(), Optional.of(finished.result())));
        List<ToolResult> results = pending.values().stream()
                .flatMap(each -> each.result().stream())
                .toList();
        if (results.size() == pending.size() && !results.isEmpty()) {
            messages.add(new Message.Results(results));
            pending.clear();
            tell();
        }
    }

    private void compact(Event.Compacted compacted) {
        List<Message> newest = List.copyOf(messages.subList(messages.size() - compacted.newest(), messages.size()));
        messages.clear();
        messages.add(new Message.User(compacted.text(), List.of()));
        messages.addAll(newest);
        counted = Counted.NOTHING;
        compaction = Optional.of(compacted.text());
        turn = turn.plusQuestion(compacted.usage(), compacted.cost());
        session = session.plusQuestion(compacted.usage(), compacted.cost());
    }

    private void shorten(Event.Shortened shortened) {
        counted = Counted.NOTHING;
        for (int i : olderResults(shortened.newest())) {
            messages.set(i, ((Message.Results) messages.get(i)).shortened(shortened.characters()));
        }
    }

    /// Whether anything would be left out if results but the newest were shortened.
    public boolean hasLongResults(int newest, int characters) {
        return olderResults(newest).stream()
                .map(messages::get)
                .anyMatch(each -> !each.equals(((Message.Results) each).shortened(characters)));
    }

    private List<Integer> olderResults(int newest) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof Message.Results) {
                indexes.add(i);
            }
        }
        return indexes.subList(0, Math.max(0, indexes.size() - newest));
    }

    /// The steps of the running turn, or of the last one.
    public List<Step> steps() {
        return Collections.unmodifiableList(steps);
    }

    /// What a model sees. Complete only while [#openCalls] is empty.
    public List<Message> messages() {
        return Collections.unmodifiableList(messages);
    }

    public List<OpenCall> openCalls() {
        return pending.values().stream()
                .filter(each -> each.result().isEmpty())
                .map(each -> new OpenCall(each.call(), each.started()))
                .toList();
    }

    /// The session's system text; empty before it has started.
    public Optional<String> instructions() {
        return instructions;
    }

    public Set<String> callIds() {
        return Collections.unmodifiableSet(callIds);
    }

    /// The content each file had when this session last read or wrote it: path to SHA-256 in hex.
    public Map<String, String> seen() {
        return Collections.unmodifiableMap(seen);
    }

    /// The secrets this session has handles for, in the order they were met.
    public List<SeenSecret> secrets() {
        return Collections.unmodifiableList(secrets);
    }

    /// What was put in beside the user's words, compacted away or not.
    public List<Event.Informed> informed() {
        return Collections.unmodifiableList(informed);
    }

    /// What stands for the older part of the conversation; empty if it is all there.
    public Optional<String> compaction() {
        return compaction;
    }

    /// What is to be done, as the model said last.
    public List<Todo> todos() {
        return todos;
    }

    /// What the messages were found to take when the model answered last.
    public Counted counted() {
        return counted;
    }

    /// The words that the last turn began with; empty before the first.
    public String said() {
        return said;
    }

    /// Of the running turn, or of the last one.
    public TurnTotals turn() {
        return turn;
    }

    public TurnTotals session() {
        return session;
    }

    /// Whether a turn has begun and not ended: while it runs, and for ever after a crash.
    public boolean isTurnOpen() {
        return isTurnOpen;
    }

    /// The run that the last turn belongs to; empty if nobody queued it.
    public Optional<RunId> run() {
        return run;
    }

    /// How the working tree was kept around the last turn; empty if that has changed nothing yet.
    public Optional<Event.TreeKept> tree() {
        return tree;
    }

    /// What the last turn is for; empty if nobody has decided that.
    public Optional<Workflow> workflow() {
        return workflow;
    }

    /// The reports of the last turn, as they were made.
    public List<Report> reports() {
        return Collections.unmodifiableList(reports);
    }

    /// What the last turn has come to, by its latest report.
    public Optional<Report> report() {
        return reports.isEmpty() ? Optional.empty() : Optional.of(reports.getLast());
    }

    /// How the last turn that ended did so.
    public Optional<Outcome> outcome() {
        return outcome;
    }

    /// The last thing a model said to the person, its report's summary if it reported; empty if it said nothing.
    public String lastText() {
        return report().filter(Report::accepted)
                .map(Report::summary)
                .orElseGet(() -> lastAnswer().map(Message.Assistant::text).orElse(""));
    }

    /// The model's last answer, in this turn or an earlier one.
    public Optional<Message.Assistant> lastAnswer() {
        return lastAnswer;
    }
}
