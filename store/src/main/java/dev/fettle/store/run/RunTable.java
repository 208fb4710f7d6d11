package dev.fettle.store.run;

import dev.fettle.core.feed.Notice;
import dev.fettle.core.feed.Notices;
import dev.fettle.core.monitor.Tally;
import dev.fettle.core.run.QueueStatus;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunCarrier.Answered;
import dev.fettle.core.run.RunCarrier.Progress;
import dev.fettle.core.run.RunException;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.Status;
import dev.fettle.store.sql.SessionTable;
import dev.fettle.store.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs and how they stand. Of those that wait, as many are made ready as the limits let, and each gets a task with
/// the same transaction; that is decided by one process at a time.
public final class RunTable implements RunQueue {
    private static final String COLUMNS = "id, session_id, user_id, said, settings, status, message, question, worker,"
            + " crashes, cancelled_at, created_at, started_at, ended_at, approve_all";
    static final String OPEN = "('queued', 'ready', 'running', 'waiting')";
    private static final String ADMITTED = "('ready', 'running')";

    /// Whose turn it is: of those who have the fewest runs with workers, whoever was served longest ago.
    private static final String NEXT = "select q.id, q.session_id from run q where q.status = 'queued'"
            + " and not exists (select 1 from run o where o.session_id = q.session_id"
            + " and (o.status in ('ready', 'running', 'waiting') or (o.status = 'queued' and o.id < q.id)))"
            + " and (select count(*) from run a where a.user_id = q.user_id and a.status in " + ADMITTED + ") < ?"
            + " order by (select count(*) from run a where a.user_id = q.user_id and a.status in " + ADMITTED + "),"
            + " coalesce((select max(a.admitted_at) from run a where a.user_id = q.user_id), 0), q.id limit 1";

    private final Sql sql;
    private final Tallies tallies;
    private final RunLimits limits;
    private final InstantSource clock;
    private final Notices notices;

    /// The runs of a database.
    ///
    /// @param notices told of each run that may be taken or has come to rest, so that nobody needs to wait for the
    ///     next look
    public RunTable(Sql sql, RunLimits limits, InstantSource clock, Notices notices) {
        this.sql = sql;
        this.tallies = new Tallies(sql);
        this.limits = limits;
        this.clock = clock;
        this.notices = notices;
    }

    /// A run that a worker has taken, and what is needed to put it back.
    ///
    /// @param activation the handing over that it was taken with; a later one has another number
    /// @param answered what somebody said to the question it waited for
    /// @param previous the worker that had it and let it go without a word
    /// @param position how far the run's session was when a worker last died with it
    record Claim(Run run, long activation, Optional<Answered> answered, Optional<String> previous, long position) {
        /// What its task is called.
        String task() {
            return RunTable.task(run.id(), activation);
        }
    }

    static String task(RunId run, long activation) {
        return run.value() + ":" + activation;
    }

    @Override
    public Run submit(SessionId session, RunRequest request) {
        Instant now = clock.instant();
        RunId id = RunId.at(now);
        String said = EventJson.write(new Event.UserSaid(request.prompt(), request.images(), Optional.of(id)));
        return changed(() -> {
            lock();
            String user = sql
                    .query("select user_id from session where id = ?", row -> row.getString(1), session.value())
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> SessionTable.notFound(session));
            if (find(id).isEmpty()) {
                requireRoom();
                sql.update(
                        "insert into run (id, session_id, user_id, said, settings, approve_all, status, created_at)"
                                + " values (?, ?, ?, ?, ?, ?, 'queued', ?)",
                        id.value(),
                        session.value(),
                        user,
                        said,
                        SettingsJson.write(request.settings()),
                        request.approvesAll() ? 1 : 0,
                        now.toEpochMilli());
            }
            return id;
        });
    }

    private void requireRoom() {
        long queued = counts().getOrDefault("queued", 0L);
        if (queued >= limits.queued()) {
            throw new RunException(
                    RunException.Kind.QUEUE_FULL,
                    "%d runs wait already, which is the limit (QUEUE_LIMIT). Try again later, or add workers."
                            .formatted(queued));
        }
    }

    @Override
    public Optional<Run> find(RunId id) {
        return runs("where id = ?", id.value()).stream().findFirst();
    }

    @Override
    public List<Run> list(RunFilter filter) {
        RunPage page = RunPage.of(filter);
        return runs(page.which(), page.parameters().toArray());
    }

    @Override
    public Optional<Run> latest(SessionId session) {
        return runs("where session_id = ? order by id desc limit 1", session.value()).stream()
                .findFirst();
    }

    @Override
    public Run cancel(RunId id) {
        return changed(() -> {
            lock();
            Run run = find(id).orElseThrow(() -> notFound(id));
            switch (run.state()) {
                case RunState.Ended ended
                when ended.status() != Status.CANCELLED ->
                    throw new RunException(
                            RunException.Kind.CONFLICT,
                            "Run %s has ended already: %s."
                                    .formatted(id, ended.status().word()));
                // Its turn may have begun, so a worker has to end it.
                case RunState.Waiting _ -> requeue(id);
                case RunState.Queued _, RunState.Ready _, RunState.Running _, RunState.Ended _ -> {}
            }
            sql.update(
                    "update run set cancelled_at = coalesce(cancelled_at, ?) where id = ?", clock.millis(), id.value());
            int ended = sql.update(
                    "update run set status = 'cancelled', ended_at = ? where id = ? and status = 'queued' and started_at is null",
                    clock.millis(),
                    id.value());
            if (ended > 0) {
                tallies.add(run.user(), Status.CANCELLED, Tally.NONE);
            }
            return id;
        });
    }

    @Override
    public Run answer(RunId id, Answer answer) {
        String kept = switch (answer) {
            case Answer.Yes _ -> "yes";
            case Answer.No no -> "no:" + no.reason();
        };
        return changed(() -> {
            lock();
            Run run = find(id).orElseThrow(() -> notFound(id));
            if (!(run.state() instanceof RunState.Waiting) && !isAnswered(id, kept)) {
                throw new RunException(
                        RunException.Kind.CONFLICT,
                        "Run %s waits for no answer: it is %s."
                                .formatted(id, run.state().word()));
            }
            sql.update("update run set answer = ? where id = ?", kept, id.value());
            requeue(id);
            return id;
        });
    }

    private boolean isAnswered(RunId id, String kept) {
        return !sql.query(
                        "select id from run where id = ? and answer = ? and status in " + OPEN,
                        row -> row.getString(1),
                        id.value(),
                        kept)
                .isEmpty();
    }

    private void requeue(RunId id) {
        sql.update("update run set status = 'queued' where id = ? and status = 'waiting'", id.value());
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        sql.query(
                        "select status, count(*) from run where status in " + OPEN + " group by status",
                        row -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    /// By one user after the other; prompts and pictures are left where they are.
    QueueStatus status() {
        return new QueueStatus(
                sql.query(
                        "select status, user_id, count(*) from run where status in " + OPEN
                                + " group by status, user_id order by status, user_id",
                        row -> new QueueStatus.Count(row.getString(1), row.getString(2), row.getLong(3))),
                sql
                        .query(
                                "select id, user_id, status, created_at from run where status in ('queued', 'ready')"
                                        + " order by created_at, id limit 1",
                                row -> new QueueStatus.Entry(
                                        new RunId(row.getString(1)),
                                        row.getString(2),
                                        row.getString(3),
                                        Instant.ofEpochMilli(row.getLong(4))))
                        .stream()
                        .findFirst(),
                sql.query(
                        "select worker, id, user_id, coalesce(started_at, created_at) as since from run"
                                + " where status = 'running' and worker is not null order by since, id",
                        row -> new QueueStatus.Held(
                                WorkerName.display(row.getString(1)),
                                new RunId(row.getString(2)),
                                row.getString(3),
                                Instant.ofEpochMilli(row.getLong(4)))));
    }

    /// Takes a run for a worker; empty if its task is out of date.
    Optional<Claim> claim(RunId id, long activation, String worker) {
        return sql.write(() -> {
            Optional<Claim> claim = sql
                    .query(
                            "select " + COLUMNS
                                    + ", answer, case when status = 'running' and worker <> ? then worker end, position"
                                    + " from run where id = ? and activation = ? and status in " + ADMITTED
                                    + sql.dialect().rowLock(),
                            row -> new Claim(
                                    run(row),
                                    activation,
                                    answered(row.getString(16), row.getString(8)),
                                    Optional.ofNullable(row.getString(17)),
                                    row.getLong(18)),
                            worker,
                            id.value(),
                            activation)
                    .stream()
                    .findFirst();
            claim.ifPresent(_ -> sql.update(
                    "update run set status = 'running', worker = ?, started_at = coalesce(started_at, ?) where id = ?",
                    worker,
                    clock.millis(),
                    id.value()));
            return claim;
        });
    }

    private static Optional<Answered> answered(@Nullable String answer, @Nullable String question) {
        return answer != null && question != null && EventJson.read(question) instanceof Event.ApprovalAsked asked
                ? Optional.of(new Answered(asked, answer(answer)))
                : Optional.empty();
    }

    private static Answer answer(String kept) {
        return kept.equals("yes") ? new Answer.Yes() : new Answer.No(kept.substring("no:".length()));
    }

    /// Undoes the taking: the session is not to be had yet.
    void unclaim(Claim claim) {
        update(
                claim,
                "status = ?, worker = ?, crashes = ?, position = ?",
                claim.previous().isPresent() ? "running" : "ready",
                claim.previous().orElse(null),
                claim.run().crashes(),
                claim.position());
    }

    /// Notes how many workers have died with the run since it last got any further, and how far that was.
    void noteCrashes(Claim claim, int crashes, long position) {
        update(claim, "crashes = ?, position = ?", crashes, position);
    }

    /// Puts down how far the run has come. Those behind it move up.
    ///
    /// @param tally what it came to, if it has ended
    void settle(Claim claim, Progress progress, Tally tally) {
        switch (progress) {
            case Progress.HandedOver _ -> update(claim, "status = 'ready', worker = null");
            case Progress.Asking asking ->
                admitting(() -> update(
                        claim,
                        "status = 'waiting', worker = null, answer = null, question = ?",
                        EventJson.write(asking.question())));
            case Progress.Ended ended -> admitting(() -> end(claim, ended.outcome(), tally));
        }
        tellOf(claim.run());
    }

    private int end(Claim claim, Outcome outcome, Tally tally) {
        int ended = sql.update(
                "update run set status = ?, message = ?, worker = null, answer = null, ended_at = ?"
                        + " where id = ? and activation = ? and ended_at is null",
                outcome.status().word(),
                outcome.message(),
                clock.millis(),
                claim.run().id().value(),
                claim.activation());
        if (ended > 0) {
            tallies.add(claim.run().user(), outcome.status(), tally);
        }
        return ended;
    }

    private void tellOf(Run run) {
        notices.announce(new Notice.RunChanged(run.session(), run.id(), false));
    }

    /// Tells the workers of a run whose task is to be had again.
    void offer(Run run) {
        notices.announce(new Notice.RunChanged(run.session(), run.id(), true));
    }

    /// Has somebody told whenever a run may have become ready, wherever that was.
    Notices.Listening whenReady(Runnable listener) {
        return notices.listen(notice -> {
            boolean isReady = switch (notice) {
                case Notice.RunChanged changed -> changed.isReady();
                case Notice.Anything _ -> true;
                case Notice.Appended _, Notice.Said _ -> false;
            };
            if (isReady) {
                listener.run();
            }
        });
    }

    /// Changes a run as long as nobody has taken it up anew.
    private int update(Claim claim, String assignments, @Nullable Object... values) {
        @Nullable Object[] parameters = Arrays.copyOf(values, values.length + 2);
        parameters[values.length] = claim.run().id().value();
        parameters[values.length + 1] = claim.activation();
        return sql.update("update run set " + assignments + " where id = ? and activation = ?", parameters);
    }

    /// Of a worker's runs those that somebody wants to end.
    List<RunId> cancelled(String worker) {
        return sql.query(
                "select id from run where status = 'running' and worker = ? and cancelled_at is not null",
                row -> new RunId(row.getString(1)),
                worker);
    }

    /// Queues what should be with workers and has no task, as after a repair; and makes ready what has become
    /// possible, for instance because limits are higher now.
    void tidy() {
        admitting(() -> sql.update("update run set status = 'queued', worker = null where status in " + ADMITTED
                + " and not exists (select 1 from scheduled_tasks where task_name = '" + RunEngine.TASK
                + "' and task_instance = run.id || ':' || run.activation)"));
    }

    private Run changed(Supplier<RunId> work) {
        List<Notice> ready = new ArrayList<>();
        Run run = sql.write(() -> {
            RunId id = work.get();
            moveUp(ready);
            return find(id).orElseThrow();
        });
        tellOf(run);
        ready.forEach(notices::announce);
        return run;
    }

    private void admitting(IntSupplier work) {
        List<Notice> ready = new ArrayList<>();
        sql.write(() -> {
            lock();
            int changed = work.getAsInt();
            moveUp(ready);
            return changed;
        });
        ready.forEach(notices::announce);
    }

    /// Until the transaction ends, nobody else decides who is served.
    private void lock() {
        sql.update("update run_gate set passed = passed + 1");
    }

    /// @param ready gets those that have become ready, and some too many if the transaction is done again
    private void moveUp(List<Notice> ready) {
        Map<String, Long> counts = counts();
        long admitted = counts.getOrDefault("ready", 0L) + counts.getOrDefault("running", 0L);
        long most = Math.min(limits.inAll() - admitted, counts.getOrDefault("queued", 0L));
        for (long left = most; left > 0; left--) {
            Optional<Notice.RunChanged> next = sql
                    .query(
                            NEXT,
                            row -> new Notice.RunChanged(
                                    new SessionId(row.getString(2)), new RunId(row.getString(1)), true),
                            limits.perUser())
                    .stream()
                    .findFirst();
            if (next.isEmpty()) {
                return;
            }
            ready(next.get().run());
            ready.add(next.get());
        }
    }

    private void ready(RunId id) {
        long now = clock.millis();
        long activation = sql.query(
                        "update run set status = 'ready', activation = activation + 1, admitted_at = ? where id = ?"
                                + " returning activation",
                        row -> row.getLong(1),
                        now,
                        id.value())
                .getFirst();
        sql.update(
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version) values (?, ?, "
                        + sql.dialect().instant("?") + ", false, 1)",
                RunEngine.TASK,
                task(id, activation),
                now);
    }

    private List<Run> runs(String which, Object... parameters) {
        return sql.query("select " + COLUMNS + " from run " + which, this::run, parameters);
    }

    private Run run(ResultSet row) throws SQLException {
        RunId id = new RunId(row.getString(1));
        if (!(EventJson.read(row.getString(4)) instanceof Event.UserSaid said)) {
            throw sql.damaged("run %s has no prompt".formatted(id), new IllegalStateException(row.getString(4)));
        }
        return new Run(
                id,
                new SessionId(row.getString(2)),
                row.getString(3),
                new RunRequest(said.text(), said.images(), SettingsJson.read(row.getString(5)), row.getInt(15) == 1),
                state(id, row),
                row.getInt(10),
                instant(row, 11).isPresent(),
                instant(row, 12).orElseThrow(),
                instant(row, 13),
                instant(row, 14));
    }

    private RunState state(RunId id, ResultSet row) throws SQLException {
        String word = row.getString(6);
        return switch (word) {
            case "queued" -> new RunState.Queued();
            case "ready" -> new RunState.Ready();
            case "running" -> new RunState.Running(WorkerName.display(row.getString(9)));
            case "waiting" ->
                EventJson.read(row.getString(8)) instanceof Event.ApprovalAsked asked
                        ? new RunState.Waiting(asked)
                        : new RunState.Queued();
            default ->
                new RunState.Ended(
                        Arrays.stream(Status.values())
                                .filter(each -> each.word().equals(word))
                                .findFirst()
                                .orElseThrow(() -> sql.damaged(
                                        "run %s is `%s`, which is no state".formatted(id, word),
                                        new IllegalStateException(word))),
                        row.getString(7));
        };
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static RunException notFound(RunId id) {
        return new RunException(
                RunException.Kind.NOT_FOUND, "There is no run %s; `fettle runs list` shows them".formatted(id));
    }
}
