package dev.fettle.store.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.monitor.Statistics;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunCarrier;
import dev.fettle.core.run.RunCarrier.Progress;
import dev.fettle.core.run.RunException;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.session.Status;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.trace.Correlation;
import dev.fettle.core.turn.HandOver;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.store.sql.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the runs of every database do.
@Timeout(60)
abstract class RunsContract {
    private static final RunEngine.Options QUICK =
            new RunEngine.Options(4, Duration.ofSeconds(10), Duration.ofMillis(50), Duration.ofSeconds(20));
    private static final Event.ApprovalAsked QUESTION =
            new Event.ApprovalAsked("1", new Permission.Execute("make"), "default:execute", "no sandbox");

    /// A store with no runs in it yet.
    protected abstract SessionStore sessions();

    protected abstract Runs runs(RunLimits limits);

    /// Runs a statement that both databases understand.
    protected abstract void execute(String sql);

    private final Runs runs() {
        return runs(RunLimits.DEFAULT);
    }

    private SessionId session(String user) {
        return sessions().create("/work/here", "Mend it", user).id();
    }

    private static RunRequest request(String prompt) {
        return new RunRequest(prompt, List.of(), Map.of("LLM_MODEL", "test/model"), false);
    }

    private static Run awaiting(RunQueue queue, RunId id, Predicate<Run> wanted) {
        while (true) {
            Run run = queue.find(id).orElseThrow();
            if (wanted.test(run)) {
                return run;
            }
            Thread.onSpinWait();
        }
    }

    private static Run ended(RunQueue queue, Run run) {
        return awaiting(queue, run.id(), Run::hasEnded);
    }

    private static Progress completed() {
        return new Progress.Ended(new Outcome.Completed());
    }

    /// Does what a test says, and remembers what it was asked.
    private abstract static class Carrier implements RunCarrier {
        final List<Outcome> ends = new CopyOnWriteArrayList<>();

        @Override
        public void end(Run run, Outcome outcome) {
            ends.add(outcome);
        }
    }

    private interface Body {
        Progress carry(Run run, Optional<RunCarrier.Answered> answered, HandOver handOver) throws InterruptedException;
    }

    private static Carrier carrier(Body body) {
        return new Carrier() {
            @Override
            public Progress carry(Run run, Optional<RunCarrier.Answered> answered, HandOver handOver) {
                try {
                    return body.carry(run, answered, handOver);
                } catch (InterruptedException e) {
                    return new Progress.Ended(new Outcome.Cancelled());
                }
            }
        };
    }

    private static RunEngine started(Runs runs, RunCarrier carrier, Job... jobs) {
        RunEngine engine = runs.engine(carrier, List.of(jobs), QUICK);
        engine.start();
        return engine;
    }

    private static RunException refused(RunException.Kind kind, Runnable action) {
        RunException refusal = assertThrows(RunException.class, action::run);
        assertEquals(kind, refusal.kind(), refusal.getMessage());
        return refusal;
    }

    @Test
    void aRunIsCarriedOutAndEndsInTheWordsOfItsTurn() {
        Runs runs = runs();
        BlockingQueue<Run> seen = new LinkedBlockingQueue<>();
        try (RunEngine _ = started(runs, carrier((run, _, _) -> {
            seen.add(run);
            return new Progress.Ended(new Outcome.Denied("Not allowed."));
        }))) {
            Run asked = runs.queue().submit(session("ann"), request("Mend it"));

            Run done = ended(runs.queue(), asked);

            assertEquals(new RunState.Ended(Status.DENIED, "Not allowed."), done.state());
            assertEquals("ann", done.user());
            assertEquals(request("Mend it"), done.request());
            assertTrue(done.startedAt().isPresent() && done.endedAt().isPresent());
            assertEquals(1, seen.size());
            assertEquals(Map.of(), runs.queue().counts());
            assertEquals(List.of(done), runs.queue().list(RunFilter.ALL.of("ann")));
            assertEquals(List.of(), runs.queue().list(RunFilter.ALL.of("bob")));
            assertEquals(Optional.of(done), runs.queue().latest(done.session()));
        }
    }

    @Test
    void whatRunsCameToIsAddedUpOnce() {
        Runs runs = runs();
        try (RunEngine _ = started(runs, carrier((run, _, _) -> {
            assertEquals(
                    run.id().value(),
                    Correlation.current().orElseThrow().fields().get("run_id"));
            try (EventLog log = sessions().open(run.session())) {
                log.append(new Event.UserSaid("Mend it", List.of(), Optional.of(run.id())));
                log.append(new Event.AssistantSaid(
                        "test/m",
                        List.of(new ToolCall("1", "bash", "{}")),
                        StopReason.TOOL_CALLS,
                        new Usage(100, 20, 3, 40, 5),
                        Money.of("0.25"),
                        10));
                log.append(new Event.ToolStarted("1", "bash", Effect.UNSAFE));
                log.append(new Event.ToolFinished(ToolResult.ok("1", "done"), Map.of(), 5));
            }
            return completed();
        }))) {
            SessionId session = session("tess");
            ended(runs.queue(), runs.queue().submit(session, request("One")));
            ended(runs.queue(), runs.queue().submit(session, request("Two")));
        }
        SessionId another = session("tess");
        runs.queue().submit(another, request("Later"));
        runs.queue().cancel(runs.queue().submit(another, request("Never")).id());

        Statistics.Totals hers = runs.statistics().of(Optional.of("tess"));
        assertEquals(Map.of("completed", 2L, "cancelled", 1L, "ready", 1L), hers.runs());
        assertEquals(2, hers.calls());
        assertEquals(326, hers.tokens());
        assertEquals(Money.of("0.5"), hers.cost());
        assertEquals(Map.of("bash", 2L), hers.tools());
        assertEquals(2, hers.durations().count());
        assertTrue(hers.durations().p50Ms() <= hers.durations().p95Ms());
        assertEquals(2, hers.sessions());

        assertTrue(runs.statistics().of(Optional.empty()).calls() >= 2);
        assertEquals(Map.of(), runs.statistics().of(Optional.of("nobody")).runs());
    }

    @Test
    void listsGoFromPageToPage() {
        RunQueue queue = runs(new RunLimits(1, 1, 100)).queue();
        SessionId hers = session("pam");
        SessionId other = session("pam");
        SessionId his = session("tom");
        List<RunId> asked = new ArrayList<>();
        for (SessionId each : List.of(hers, his, other, hers, his, other, hers)) {
            asked.add(queue.submit(each, request("Go")).id());
        }
        queue.cancel(asked.get(3));

        assertEquals(List.of(6, 5, 4, 3, 2, 1, 0), numbers(asked, queue.list(RunFilter.ALL)));
        assertEquals(List.of(6, 5), numbers(asked, queue.list(RunFilter.ALL.most(2))));
        assertEquals(
                List.of(4, 3), numbers(asked, queue.list(RunFilter.ALL.most(2).after(asked.get(5)))));
        assertEquals(List.of(), numbers(asked, queue.list(RunFilter.ALL.after(asked.getFirst()))));
        RunFilter pams = RunFilter.ALL.of("pam").most(3);
        assertEquals(List.of(6, 5, 3), numbers(asked, queue.list(pams)));
        assertEquals(List.of(2, 0), numbers(asked, queue.list(pams.after(asked.get(3)))));
        assertEquals(List.of(3, 0), numbers(asked, queue.list(pams.in(hers).after(asked.get(6)))));
        assertEquals(List.of(), numbers(asked, queue.list(pams.in(his))));
        assertEquals(List.of(3), numbers(asked, queue.list(RunFilter.ALL.standing("cancelled"))));
        assertEquals(List.of(6, 5, 2), numbers(asked, queue.list(pams.standing("queued"))));
        assertEquals(List.of(), numbers(asked, queue.list(pams.standing("no such word"))));
    }

    private static List<Integer> numbers(List<RunId> asked, List<Run> found) {
        return found.stream().map(run -> asked.indexOf(run.id())).toList();
    }

    @Test
    void usersAreServedInTurn() {
        RunQueue queue = runs(new RunLimits(2, 3, 100)).queue();
        for (int i = 0; i < 6; i++) {
            queue.submit(session("ann"), request("Mine"));
        }
        Run bobs = queue.submit(session("bob"), request("His"));

        assertEquals(new RunState.Ready(), queue.find(bobs.id()).orElseThrow().state());
        assertEquals(Map.of("ready", 3L, "queued", 4L), queue.counts());
    }

    @Test
    void everyUsersRunsComeToAnEndOneUserAfterTheOther() {
        Runs runs = runs(new RunLimits(1, 1, 100));
        List<String> order = new CopyOnWriteArrayList<>();
        for (String user : List.of("ann", "ann", "ann", "bob", "cid")) {
            runs.queue().submit(session(user), request("Mine"));
        }
        try (RunEngine _ = started(runs, carrier((run, _, _) -> {
            order.add(run.user());
            return completed();
        }))) {
            while (!runs.queue().counts().isEmpty()) {
                Thread.onSpinWait();
            }
        }
        assertEquals(List.of("ann", "bob", "cid", "ann", "ann"), order);
    }

    @Test
    void aFullQueueRefusesWithTheLimit() {
        RunQueue queue = runs(new RunLimits(1, 1, 2)).queue();
        SessionId session = session("ann");
        queue.submit(session, request("1"));
        queue.submit(session, request("2"));
        queue.submit(session, request("3"));

        RunException refusal = refused(RunException.Kind.QUEUE_FULL, () -> queue.submit(session, request("4")));

        assertTrue(refusal.getMessage().startsWith("2 runs wait already"), refusal.getMessage());
        assertEquals(3, queue.list(RunFilter.ALL.most(10)).size());
    }

    @Test
    void aSessionHasOneRunAtATimeInTheOrderTheyWereAskedFor() {
        Runs runs = runs();
        SessionId session = session("ann");
        AtomicInteger atOnce = new AtomicInteger();
        List<String> order = new CopyOnWriteArrayList<>();
        List<Run> asked = List.of(
                runs.queue().submit(session, request("1")),
                runs.queue().submit(session, request("2")),
                runs.queue().submit(session, request("3")));
        try (RunEngine _ = started(runs, carrier((run, _, _) -> {
            assertEquals(1, atOnce.incrementAndGet());
            order.add(run.request().prompt());
            atOnce.decrementAndGet();
            return completed();
        }))) {
            asked.forEach(run ->
                    assertEquals("completed", ended(runs.queue(), run).state().word()));
        }
        assertEquals(List.of("1", "2", "3"), order);
    }

    @Test
    void anUnknownSessionHasNoRuns() {
        SessionException refusal = assertThrows(
                SessionException.class, () -> runs().queue().submit(SessionId.at(Instant.EPOCH), request("Go")));
        assertEquals(SessionException.Kind.NOT_FOUND, refusal.kind());
    }

    @Test
    void aRunThatNobodyHasYetIsCancelledAtOnce() {
        RunQueue queue = runs(new RunLimits(1, 1, 10)).queue();
        SessionId session = session("ann");
        queue.submit(session, request("1"));
        Run second = queue.submit(session, request("2"));

        assertEquals("cancelled", queue.cancel(second.id()).state().word());
        assertEquals("cancelled", queue.cancel(second.id()).state().word());
    }

    @Test
    void aRunUnderWayIsInterrupted() throws Exception {
        Runs runs = runs();
        CountDownLatch begun = new CountDownLatch(1);
        try (RunEngine _ = started(runs, carrier((_, _, _) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return completed();
        }))) {
            Run run = runs.queue().submit(session("ann"), request("Go"));
            begun.await();

            assertTrue(runs.queue().cancel(run.id()).isCancelled());

            assertEquals("cancelled", ended(runs.queue(), run).state().word());
        }
    }

    @Test
    void aRunThatAsksWaitsWithoutAPlaceAndGoesOnWithTheAnswer() {
        Runs runs = runs(new RunLimits(1, 1, 10));
        BlockingQueue<RunCarrier.Answered> answers = new LinkedBlockingQueue<>();
        try (RunEngine _ = started(runs, carrier((run, answer, _) -> {
            if (run.request().prompt().equals("other") || answer.isPresent()) {
                answer.ifPresent(answers::add);
                return completed();
            }
            return new Progress.Asking(QUESTION);
        }))) {
            Run asking = runs.queue().submit(session("ann"), request("Go"));
            Run other = runs.queue().submit(session("ann"), request("other"));

            assertEquals("completed", ended(runs.queue(), other).state().word());
            Run waiting = awaiting(runs.queue(), asking.id(), run -> run.state() instanceof RunState.Waiting);
            assertEquals(new RunState.Waiting(QUESTION), waiting.state());

            runs.queue().answer(asking.id(), new RunQueue.Answer.No("Not today."));

            assertEquals("completed", ended(runs.queue(), asking).state().word());
            assertEquals(
                    List.of(new RunCarrier.Answered(QUESTION, new RunQueue.Answer.No("Not today."))),
                    List.copyOf(answers));
        }
    }

    @Test
    void aRunThatWaitsIsEndedByAWorkerWhenItIsCancelled() {
        Runs runs = runs();
        Carrier carrier = carrier((_, _, _) -> new Progress.Asking(QUESTION));
        try (RunEngine _ = started(runs, carrier)) {
            Run run = runs.queue().submit(session("ann"), request("Go"));
            awaiting(runs.queue(), run.id(), each -> each.state() instanceof RunState.Waiting);

            runs.queue().cancel(run.id());

            assertEquals("cancelled", ended(runs.queue(), run).state().word());
            assertEquals(List.of(new Outcome.Cancelled()), carrier.ends);
        }
    }

    @Test
    void aSessionThatSomebodyElseHasIsTriedAgain() {
        Runs runs = runs();
        AtomicInteger tries = new AtomicInteger();
        try (RunEngine _ = started(runs, carrier((_, _, _) -> {
            if (tries.incrementAndGet() < 3) {
                throw new SessionException(SessionException.Kind.BUSY, "In use");
            }
            return completed();
        }))) {
            Run run = ended(runs.queue(), runs.queue().submit(session("ann"), request("Go")));
            assertEquals("completed", run.state().word());
            assertEquals(0, run.crashes());
        }
    }

    @Test
    void aRunWhoseSessionWasDeletedFails() {
        Runs runs = runs();
        Run run = runs.queue().submit(session("ann"), request("Go"));
        sessions().delete(run.session());
        try (RunEngine _ = started(runs, carrier((each, _, _) -> {
            try (EventLog _ = sessions().open(each.session())) {
                return completed();
            }
        }))) {
            assertEquals(
                    new RunState.Ended(Status.FAILED, "Its session was deleted."),
                    ended(runs.queue(), run).state());
        }
    }

    @Test
    void whatShouldNotHappenEndsTheRunAndIsNotRepeated() {
        Runs runs = runs();
        AtomicInteger tries = new AtomicInteger();
        Carrier carrier = carrier((_, _, _) -> {
            tries.incrementAndGet();
            throw new IllegalStateException("Boom");
        });
        try (RunEngine _ = started(runs, carrier)) {
            Run run = ended(runs.queue(), runs.queue().submit(session("ann"), request("Go")));

            RunState.Ended state = assertInstanceOf(RunState.Ended.class, run.state());
            assertTrue(state.message().contains("Boom"), state.message());
            assertEquals(1, tries.get());
            assertEquals(1, carrier.ends.size());
        }
    }

    @Test
    void whatIsUnderWayWhenAnEngineClosesGoesOnInTheNext() throws Exception {
        Runs first = runs();
        CountDownLatch begun = new CountDownLatch(1);
        Run run = first.queue().submit(session("ann"), request("Go"));
        try (RunEngine _ = started(first, carrier((_, _, handOver) -> {
            begun.countDown();
            while (!handOver.isWanted()) {
                Thread.onSpinWait();
            }
            return new Progress.HandedOver();
        }))) {
            begun.await();
        }
        assertEquals("ready", first.queue().find(run.id()).orElseThrow().state().word());

        Runs second = runs();
        try (RunEngine _ = started(second, carrier((_, _, _) -> completed()))) {
            Run done = ended(second.queue(), run);
            assertEquals("completed", done.state().word());
            assertEquals(0, done.crashes());
        }
    }

    /// As if the worker that has the run had died at once, on this machine.
    private void loseWorker(RunId id) {
        WorkerName here = WorkerName.current();
        WorkerName gone = new WorkerName("host", here.place(), new Owner(Long.MAX_VALUE, 1));
        execute("update run set status = 'running', worker = 'gone' where id = '%s'".formatted(id));
        execute("update scheduled_tasks set picked = true, picked_by = '%s' where task_instance like '%s%%'"
                .formatted(gone, id));
    }

    @Test
    void aRunWhoseWorkerIsGoneGoesOn() {
        Runs runs = runs();
        Run run = runs.queue().submit(session("ann"), request("Go"));
        loseWorker(run.id());
        try (RunEngine _ = started(runs, carrier((_, _, _) -> completed()))) {
            Run done = ended(runs.queue(), run);
            assertEquals("completed", done.state().word());
            assertEquals(1, done.crashes());
        }
    }

    @Test
    void aRunThatKillsItsWorkersIsParkedWithTheReason() {
        Runs runs = runs();
        Run run = runs.queue().submit(session("ann"), request("Go"));
        execute("update run set crashes = 2 where id = '%s'".formatted(run.id()));
        loseWorker(run.id());
        Carrier carrier = carrier((_, _, _) -> completed());
        try (RunEngine _ = started(runs, carrier)) {
            RunState.Ended state = (RunState.Ended) ended(runs.queue(), run).state();

            assertEquals(Status.FAILED, state.status());
            assertEquals("Parked: it has killed its worker 3 times in a row, the last one on gone.", state.message());
            assertEquals(1, carrier.ends.size());
        }
    }

    @Test
    void theLastChanceOfARunIsWithAWorkerThatHasLivedForALease() {
        Runs runs = runs();
        Run run = runs.queue().submit(session("ann"), request("Go"));
        execute("update run set crashes = 1 where id = '%s'".formatted(run.id()));
        loseWorker(run.id());
        long begun = System.nanoTime();
        Duration lease = Duration.ofSeconds(2);
        RunEngine.Options options = new RunEngine.Options(4, lease, QUICK.poll(), QUICK.grace());
        try (RunEngine engine = runs.engine(carrier((_, _, _) -> completed()), List.of(), options)) {
            engine.start();
            Run done = ended(runs.queue(), run);
            assertEquals("completed", done.state().word());
            assertEquals(2, done.crashes());
            assertTrue(System.nanoTime() - begun >= lease.toNanos());
        }
    }

    @Test
    void crashesDoNotAddUpWhileTheRunGetsFurther() {
        Runs runs = runs();
        SessionId session = session("ann");
        Run run = runs.queue().submit(session, request("Go"));
        try (EventLog log = sessions().open(session)) {
            log.append(new Event.ToolFinished(new ToolResult("1", ToolResult.Kind.OK, "done", List.of()), Map.of(), 1));
        }
        execute("update run set crashes = 2 where id = '%s'".formatted(run.id()));
        loseWorker(run.id());
        try (RunEngine _ = started(runs, carrier((_, _, _) -> completed()))) {
            Run done = ended(runs.queue(), run);
            assertEquals("completed", done.state().word());
            assertEquals(1, done.crashes());
        }
    }

    @Test
    void aRunWithoutATaskIsQueuedAgainWhenAnEngineStarts() {
        Runs runs = runs();
        Run run = runs.queue().submit(session("ann"), request("Go"));
        execute("delete from scheduled_tasks");
        try (RunEngine _ = started(runs, carrier((_, _, _) -> completed()))) {
            assertEquals("completed", ended(runs.queue(), run).state().word());
        }
    }

    @Test
    void aTaskOfAnEarlierActivationDoesNothing() {
        Runs runs = runs();
        Run run = runs.queue().submit(session("ann"), request("Go"));
        execute("update scheduled_tasks set task_instance = '%s:0'".formatted(run.id()));
        AtomicInteger carried = new AtomicInteger();
        try (RunEngine _ = started(runs, carrier((_, _, _) -> {
            carried.incrementAndGet();
            return completed();
        }))) {
            ended(runs.queue(), run);
            // By then the engine has looked for work more than once.
            ended(runs.queue(), runs.queue().submit(run.session(), request("Go")));
        }
        assertEquals(2, carried.get());
    }

    @Test
    void twoEnginesDoAJobOnce() throws Exception {
        AtomicInteger done = new AtomicInteger();
        CountDownLatch once = new CountDownLatch(1);
        Job job = new Job("count", new Job.When.Every(Duration.ofHours(1)), () -> {
            done.incrementAndGet();
            once.countDown();
        });
        Runs first = runs();
        Runs second = runs();
        RunCarrier carrier = carrier((_, _, _) -> completed());
        try (RunEngine _ = started(first, carrier, job);
                RunEngine _ = started(second, carrier, job)) {
            once.await();
            // By then both have looked for work more than once.
            Run run = first.queue().submit(session("ann"), request("Go"));
            ended(first.queue(), run);
        }
        assertEquals(1, done.get());
    }

    @Test
    void aJobThatFailsIsNotTheEndOfIt() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        Job job = new Job("fail", new Job.When.Every(Duration.ofMillis(1)), () -> {
            twice.countDown();
            throw new IllegalStateException("Boom");
        });
        try (RunEngine _ = started(runs(), carrier((_, _, _) -> completed()), job)) {
            twice.await();
        }
    }

    @Test
    void unknownRunsAndWrongAnswersAreRefused() {
        RunQueue queue = runs().queue();
        RunId unknown = RunId.at(Instant.EPOCH);
        Run run = queue.submit(session("ann"), request("Go"));

        assertEquals(Optional.empty(), queue.find(unknown));
        refused(RunException.Kind.NOT_FOUND, () -> queue.cancel(unknown));
        refused(RunException.Kind.NOT_FOUND, () -> queue.answer(unknown, new RunQueue.Answer.Yes()));
        refused(RunException.Kind.CONFLICT, () -> queue.answer(run.id(), new RunQueue.Answer.Yes()));
    }
}
