package dev.fettle.core.agent;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.redaction.HandlesInCall;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.trace.Correlation;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out the calls of one answer. Permissions are settled one by one in the model's order; then the
/// calls run at the same time, except that a call which writes files waits for all before it and is waited
/// for by all after it.
final class CallRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CallRunner.class);
    private static final int MOST_AT_ONCE = 16;
    private static final long SOON_MS = 100;
    /// How long a tool may take to stop once it is interrupted.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Gatekeeper gatekeeper;
    private final InstantSource clock;

    CallRunner(Gatekeeper gatekeeper, InstantSource clock) {
        this.gatekeeper = gatekeeper;
        this.clock = clock;
    }

    /// How a call went; fails if the session was lost before it began.
    @FunctionalInterface
    private interface Result {
        Event.ToolFinished finished();
    }

    private record Admitted(ToolCall call, Effect effect, Tool.Invocation invocation) {}

    /// Answers every call in the log, unless cancelled.
    ///
    /// @throws InterruptedException when cancelled; calls that were running have stopped, the rest are left
    ///     open
    void run(Turn turn, List<ToolCall> calls) throws InterruptedException {
        List<Admitted> admitted = new ArrayList<>();
        for (ToolCall call : calls) {
            admit(turn, call).ifPresent(admitted::add);
        }
        for (List<Admitted> batch : batches(admitted)) {
            runTogether(turn, batch);
        }
    }

    /// Goes on with calls that were left open: those that cannot have changed anything are run, of the others is said
    /// what is known.
    void resume(Turn turn) throws InterruptedException {
        List<ToolCall> again = new ArrayList<>();
        for (Conversation.OpenCall open : turn.conversation().openCalls()) {
            if (open.isInDoubt()) {
                turn.record(finished(ToolResult.unknown(open.call().id(), inDoubt(turn, open.call()))));
            } else {
                again.add(open.call());
            }
        }
        run(turn, again);
    }

    private String inDoubt(Turn turn, ToolCall call) {
        String traces;
        try {
            traces = turn.tools()
                    .find(call.name())
                    .prepare(call.arguments())
                    .traces(context(turn, call, turn.conversation().seen()));
        } catch (ToolException e) {
            traces = "";
        }
        String changes = turn.startOf(call.id())
                .map(begun -> RecentChanges.since(turn.assignment().workspace(), begun))
                .orElse("");
        return Stream.of(Turn.IN_DOUBT, changes, traces)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private Optional<Admitted> admit(Turn turn, ToolCall call) throws InterruptedException {
        try {
            Tool tool = turn.tools().find(call.name());
            Tool.Invocation invocation = tool.prepare(call.arguments());
            Tool.Invocation revealed = new HandlesInCall(turn.vault()).revealed(tool, call, invocation);
            Optional<String> refusal = gatekeeper.refusal(
                    turn, call.id(), invocation.permissions(turn.assignment().workspace()));
            if (refusal.isEmpty()) {
                return Optional.of(new Admitted(call, tool.effect(), revealed));
            }
            turn.record(finished(ToolResult.denied(call.id(), refusal.get())));
        } catch (ToolException e) {
            turn.record(finished(ToolResult.error(call.id(), e.getMessage())));
        }
        return Optional.empty();
    }

    private static List<List<Admitted>> batches(List<Admitted> admitted) {
        List<List<Admitted>> batches = new ArrayList<>();
        boolean mayJoin = false;
        for (Admitted each : admitted) {
            boolean writes = each.effect() == Effect.KEYED;
            if (!mayJoin || writes) {
                batches.add(new ArrayList<>());
            }
            batches.getLast().add(each);
            mayJoin = !writes;
        }
        return batches;
    }

    private void runTogether(Turn turn, List<Admitted> batch) throws InterruptedException {
        turn.stopIfHandedOver();
        boolean mayChange = batch.stream().anyMatch(each -> each.effect() != Effect.READ);
        if (mayChange) {
            turn.keepTree();
        }
        for (Admitted each : batch) {
            turn.note(new Event.ToolStarted(each.call().id(), each.call().name(), each.effect()));
        }
        if (mayChange) {
            turn.keep();
        }
        Map<String, String> seen = turn.conversation().seen();
        BlockingQueue<Result> done = new LinkedBlockingQueue<>();
        Semaphore places = new Semaphore(MOST_AT_ONCE);
        List<Thread> threads = batch.stream()
                .map(each -> Thread.ofVirtual()
                        .name(each.call().name())
                        .start(Correlation.carried(
                                () -> done.add(carryOut(turn, each, context(turn, each.call(), seen), places)))))
                .toList();
        try {
            for (int left = batch.size(); left > 0; left--) {
                turn.record(next(turn, done).finished());
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            collectStopped(turn, done, threads);
            throw e;
        }
    }

    /// Of calls that only read it need not be known that they were under way, unless somebody waits for them.
    private static Result next(Turn turn, BlockingQueue<Result> done) throws InterruptedException {
        Result soon = done.poll(SOON_MS, TimeUnit.MILLISECONDS);
        if (soon != null) {
            return soon;
        }
        turn.keep();
        return done.take();
    }

    private static void collectStopped(Turn turn, BlockingQueue<Result> done, List<Thread> threads)
            throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
        for (Result result = done.poll(); result != null; result = done.poll()) {
            turn.record(result.finished());
        }
    }

    private static ToolContext context(Turn turn, ToolCall call, Map<String, String> seen) {
        return new ToolContext(
                turn.assignment().workspace(),
                seen,
                text -> turn.listener().onDelta(new Delta.ToolOutput(call.id(), text)));
    }

    private Result carryOut(Turn turn, Admitted admitted, ToolContext context, Semaphore places) {
        String id = admitted.call().id();
        long begun = clock.millis();
        try {
            places.acquire();
            try {
                turn.confirm();
                ToolOutput output = admitted.invocation().run(context);
                Event.ToolFinished finished = new Event.ToolFinished(
                        new ToolResult(id, ToolResult.Kind.OK, output.text(), output.images()),
                        output.seen(),
                        Math.max(0, clock.millis() - begun),
                        output.report(),
                        output.spending());
                return () -> finished;
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            return () -> finished(ToolResult.cancelled(id, "Cancelled while it ran; it may have had some effect."));
        } catch (ToolException e) {
            return () -> finished(ToolResult.error(id, e.getMessage()));
        } catch (WorkspaceException e) {
            return () -> finished(ToolResult.error(id, e.getMessage()));
        } catch (SessionException e) {
            return () -> {
                throw e;
            };
        } catch (RuntimeException e) {
            LOG.error("Tool {} failed unexpectedly: {}", admitted.call().name(), stack(turn, e));
            return () -> finished(ToolResult.error(id, "The tool itself failed: " + e));
        }
    }

    /// The stack as text, for a message may quote what the tool worked on.
    private static String stack(Turn turn, RuntimeException e) {
        StringWriter stack = new StringWriter();
        e.printStackTrace(new PrintWriter(stack));
        return turn.assignment().secrets().mask(stack.toString());
    }

    private static Event.ToolFinished finished(ToolResult result) {
        return new Event.ToolFinished(result, Map.of(), 0);
    }
}
