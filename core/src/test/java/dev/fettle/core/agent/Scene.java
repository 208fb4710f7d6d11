package dev.fettle.core.agent;

import dev.fettle.core.context.Context;
import dev.fettle.core.context.Instructions;
import dev.fettle.core.context.Overview;
import dev.fettle.core.context.Recollection;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Decision;
import dev.fettle.core.permission.Layer;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.RuleId;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.turn.HandOver;
import dev.fettle.core.turn.Interjections;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.undo.TreeKeeper;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.usage.Price;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.workspace.FilesInMemory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A turn with everything around it: answers the model will give, tools it may call, and the log that results.
final class Scene {
    static final Usage USAGE = new Usage(1_000, 0, 0, 100, 0);
    static final Model MODEL = new Model(
            "test",
            "model",
            100_000,
            8_000,
            Optional.of(new Price(BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.TEN)));

    final List<Tool> tools = new ArrayList<>();
    final List<ModelRequest> requests = Collections.synchronizedList(new ArrayList<>());
    final ListLog log = new ListLog();
    static final RuleId RULE = new RuleId(Layer.USER, "far");

    Policy policy = _ -> new Decision.Allow(RULE);
    Approver approver = Approver.YES;
    Limits limits = Limits.DEFAULT;
    Secrets secrets = Secrets.unconfigured();
    InstantSource clock = InstantSource.system();
    boolean classifies;
    Purse purse = Purse.UNLIMITED;
    Map<String, String> files = Map.of();
    Overview map = Overview.NONE;
    Optional<Recollection> memory = Optional.empty();
    int fullAt;
    Optional<TreeKeeper> keeper = Optional.empty();
    Model model = MODEL;
    List<Delta> deltas = List.of();
    HandOver handOver = new HandOver();
    final Interjections interjections = new Interjections();

    /// Runs a turn with these answers; past the last one the provider is unavailable.
    Outcome run(Reply... replies) {
        if (log.entries().isEmpty()) {
            log.append(new Event.SessionStarted("/work/here", "Be good."));
        }
        log.append(new Event.UserSaid("go", List.of()));
        return goOn(replies);
    }

    /// Goes on with the turn that the log ends in.
    Outcome goOn(Reply... replies) {
        AgentLoop loop = new AgentLoop(provider(replies), new Gatekeeper(policy, approver), clock);
        return loop.run(new Turn(assignment(), new Toolbox(tools), log, TurnListener.NONE, handOver, interjections));
    }

    Assignment assignment() {
        return new Assignment(
                new FilesInMemory(files),
                model,
                limits,
                purse,
                new Context(
                        new Instructions("Linux", LocalDate.of(2026, 11, 21), Optional.empty()), map, memory, fullAt),
                secrets,
                keeper,
                Optional.empty(),
                classifies);
    }

    ModelProvider provider(Reply... replies) {
        return (request, sink) -> {
            int index = requests.size();
            requests.add(request);
            deltas.forEach(sink);
            if (index >= replies.length) {
                throw new ModelException(ModelException.Kind.OVERLOADED, "no more answers");
            }
            return replies[index].to(request);
        };
    }

    interface Reply {
        ModelResponse to(ModelRequest request) throws InterruptedException;
    }

    static Reply say(String text) {
        return stop(StopReason.END, new ContentBlock.Text(text));
    }

    static Reply call(ToolCall... calls) {
        return stop(StopReason.TOOL_CALLS, calls);
    }

    static Reply stop(StopReason reason, ContentBlock... content) {
        return _ -> new ModelResponse(new Message.Assistant(List.of(content)), reason, USAGE);
    }

    static ToolCall use(String id, String tool) {
        return new ToolCall(id, tool, "{}");
    }

    void tool(String name, Effect effect, Body body) {
        tools.add(new SceneTool(name, effect, body));
    }

    List<ToolResult> results() {
        return log.entries().stream()
                .filter(entry -> entry.event() instanceof Event.ToolFinished)
                .map(entry -> ((Event.ToolFinished) entry.event()).result())
                .toList();
    }

    interface Body {
        String run(ToolContext context) throws InterruptedException;
    }

    private record SceneTool(String name, Effect effect, Body body) implements Tool {
        @Override
        public ToolSpec spec() {
            return new ToolSpec(name, "does " + name, "{\"type\":\"object\"}");
        }

        @Override
        public Invocation prepare(String arguments) {
            return new Invocation() {
                @Override
                public List<Permission> permissions() {
                    return List.of(new Permission.Execute(name));
                }

                @Override
                public ToolOutput run(ToolContext context) throws InterruptedException {
                    return ToolOutput.of(body.run(context));
                }
            };
        }
    }

    static final class ListLog implements EventLog {
        private final List<LogEntry> entries = new CopyOnWriteArrayList<>();
        final List<List<? extends Event>> visits = new ArrayList<>();
        private final SessionId id = SessionId.at(Instant.EPOCH);

        /// As if the process had died before the last append.
        void dropLast() {
            entries.removeLast();
        }

        final List<Piece> shown = new ArrayList<>();
        boolean isLost;
        boolean isTaken;

        @Override
        public SessionId session() {
            return id;
        }

        @Override
        public List<LogEntry> entries() {
            return List.copyOf(entries);
        }

        @Override
        public List<LogEntry> append(List<? extends Event> events, Runnable along) {
            if (isTaken) {
                throw new SessionException(SessionException.Kind.LOST, "Taken over");
            }
            along.run();
            visits.add(events);
            List<LogEntry> added = new ArrayList<>();
            for (Event event : events) {
                added.add(new LogEntry(entries.size() + added.size() + 1L, Instant.EPOCH, event));
            }
            entries.addAll(added);
            return added;
        }

        @Override
        public void show(Piece piece) {
            shown.add(piece);
        }

        @Override
        public void confirm() {
            if (isLost) {
                throw new SessionException(SessionException.Kind.LOST, "Taken over");
            }
        }

        @Override
        public void close() {}
    }
}
