package dev.fettle.store.run;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.monitor.Tally;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunCarrier;
import dev.fettle.core.run.RunCarrier.Progress;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.turn.HandOver;
import dev.fettle.store.sql.SessionTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a run, has it carried out, and puts down how far it came.
final class RunTask {
    private static final Logger LOG = LoggerFactory.getLogger(RunTask.class);
    private static final int MOST_CRASHES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RunTable table;
    private final SessionTable sessions;
    private final RunCarrier carrier;
    private final String worker;
    private final Duration lease;
    private final long born = System.nanoTime();
    private final HandOver handOver = new HandOver();
    private final Map<RunId, Thread> running = new ConcurrentHashMap<>();

    /// How many workers in a row have died with a run, and how far its session was then.
    private record Crashes(int inARow, long position) {}

    RunTask(RunTable table, SessionTable sessions, RunCarrier carrier, String worker, Duration lease) {
        this.table = table;
        this.sessions = sessions;
        this.carrier = carrier;
        this.worker = worker;
        this.lease = lease;
    }

    Task<Void> task() {
        return Tasks.custom(RunEngine.TASK, Void.class)
                // The library's own way to revive asks this machine's clock.
                .onDeadExecution(RunTask::first)
                .onFailure((complete, operations) -> again(complete, operations, PAUSE))
                .execute((instance, _) -> execute(instance.getId()));
    }

    /// Asks the runs under way to stop after their step; no other is taken.
    void handOver() {
        handOver.request();
    }

    int underWay() {
        return running.size();
    }

    void cancel(List<RunId> runs) {
        for (RunId run : runs) {
            Thread thread = running.get(run);
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /// @param instance a run and its activation, as `run_…:1`
    private CompletionHandler<Void> execute(String instance) {
        int colon = instance.indexOf(':');
        RunId run = new RunId(instance.substring(0, colon));
        long activation = Long.parseLong(instance.substring(colon + 1));
        if (handOver.isWanted()) {
            return RunTask::first;
        }
        Optional<RunTable.Claim> claim = table.claim(run, activation, worker);
        if (claim.isEmpty()) {
            return new CompletionHandler.OnCompleteRemove<>();
        }
        running.put(run, Thread.currentThread());
        try {
            return claim.get().run().correlation().call(() -> settled(claim.get()));
        } finally {
            running.remove(run);
            // A cancellation that came too late must not disturb what follows.
            Thread.interrupted();
        }
    }

    private CompletionHandler<Void> settled(RunTable.Claim claim) {
        try {
            Optional<Crashes> crashes = claim.previous().map(_ -> crashes(claim));
            if (crashes.filter(each -> each.inARow() == MOST_CRASHES - 1).isPresent() && !isSteady()) {
                table.unclaim(claim);
                return (complete, operations) -> again(complete, operations, PAUSE);
            }
            crashes.ifPresent(each -> note(claim, each));
            Progress progress = carried(claim, crashes.map(Crashes::inARow).orElse(0));
            table.settle(claim, progress, progress instanceof Progress.Ended ? tally(claim.run()) : Tally.NONE);
            LOG.info("Run {} {}", claim.run().id(), told(progress));
            return progress instanceof Progress.HandedOver
                    ? (complete, operations) -> {
                        first(complete, operations);
                        table.offer(claim.run());
                    }
                    : new CompletionHandler.OnCompleteRemove<>();
        } catch (SessionException e) {
            return switch (e.kind()) {
                case BUSY -> {
                    table.unclaim(claim);
                    yield (complete, operations) -> again(complete, operations, PAUSE);
                }
                case LOST -> {
                    LOG.warn(
                            "Run {} was taken over by another process",
                            claim.run().id());
                    yield (_, _) -> {};
                }
                case NOT_FOUND -> {
                    table.settle(claim, failed("Its session was deleted."), Tally.NONE);
                    yield new CompletionHandler.OnCompleteRemove<>();
                }
                case STORAGE, AWAY -> throw e;
            };
        }
    }

    private static String told(Progress progress) {
        return switch (progress) {
            case Progress.Ended ended -> "ended: " + ended.outcome().status().word();
            case Progress.HandedOver _ -> "is handed over";
            case Progress.Asking _ -> "waits for an approval";
        };
    }

    /// All of its turn, whatever processes had a part in it.
    private Tally tally(Run run) {
        return Tally.of(sessions.lastTurn(run.session()).stream()
                .dropWhile(entry -> !(entry.event() instanceof Event.UserSaid said
                        && said.run().equals(Optional.of(run.id()))))
                .toList());
    }

    /// Whether this worker has lived as long as a lease. Where workers are dying anyway, a run is not to
    /// blame: its last chance is with one that does not.
    private boolean isSteady() {
        return System.nanoTime() - born >= lease.toNanos();
    }

    private Progress carried(RunTable.Claim claim, int crashes) {
        Run run = claim.run();
        if (crashes >= MOST_CRASHES) {
            return ended(
                    run,
                    failed("Parked: it has killed its worker %d times in a row, the last one on %s."
                            .formatted(
                                    crashes,
                                    claim.previous().map(WorkerName::display).orElse("an unknown host"))));
        }
        if (run.isCancelled()) {
            return ended(run, new Progress.Ended(new Outcome.Cancelled()));
        }
        try {
            return carrier.carry(run, claim.answered(), handOver);
        } catch (SessionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Run {} failed unexpectedly", run.id(), e);
            return ended(run, failed("This should not have happened: %s. Please report it.".formatted(e)));
        }
    }

    private Progress ended(Run run, Progress.Ended ended) {
        carrier.end(run, ended.outcome());
        return ended;
    }

    private static Progress.Ended failed(String message) {
        return new Progress.Ended(new Outcome.Failed(Outcome.Cause.OTHER, message));
    }

    /// How many workers in a row have died with the run before it got any further. It does where a tool finishes as it
    /// should, or the model answers and no call was under way when the worker died.
    private Crashes crashes(RunTable.Claim claim) {
        List<LogEntry> log = sessions.history(claim.run().session(), 0);
        boolean isUnderWay = !Conversation.of(log).openCalls().isEmpty();
        boolean gotFurther = log.stream()
                .filter(entry -> entry.seq() > claim.position())
                .anyMatch(entry -> isProgress(entry.event(), isUnderWay));
        return new Crashes(
                gotFurther ? 1 : claim.run().crashes() + 1,
                log.isEmpty() ? 0 : log.getLast().seq());
    }

    private void note(RunTable.Claim claim, Crashes crashes) {
        table.noteCrashes(claim, crashes.inARow(), crashes.position());
        LOG.warn(
                "Run {} goes on here: its worker, {}, died with it (time {} in a row)",
                claim.run().id(),
                claim.previous().map(WorkerName::display).orElse(""),
                crashes.inARow());
    }

    private static boolean isProgress(Event event, boolean isUnderWay) {
        return switch (event) {
            case Event.ToolFinished finished -> finished.result().kind() == ToolResult.Kind.OK;
            case Event.AssistantSaid _ -> !isUnderWay;
            default -> false;
        };
    }

    /// Due as it was before, and so ahead of what became ready since.
    private static void first(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        operations.reschedule(complete, complete.getExecution().getExecutionTime());
    }

    private static void again(ExecutionComplete complete, ExecutionOperations<Void> operations, Duration after) {
        Instant now = complete.getTimeDone();
        operations.reschedule(complete, now.plus(after));
    }
}
