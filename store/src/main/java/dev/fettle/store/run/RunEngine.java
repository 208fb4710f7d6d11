package dev.fettle.store.run;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import dev.fettle.core.feed.Notices;
import dev.fettle.core.monitor.Gauge;
import dev.fettle.store.sql.Place;
import dev.fettle.store.sql.Sql;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands runs to this process, as many at a time as it has places, and does its share of the jobs. Whatever dies, a
/// run that was begun goes on: its task is only removed when the run has ended or waits.
///
/// A worker says every tenth of the lease that it lives. One that has said nothing for a whole lease is taken for
/// dead by the others; one whose process can be seen to be gone, at once.
public final class RunEngine implements AutoCloseable {
    /// What the tasks that hand over runs are called.
    public static final String TASK = "run";

    private static final Logger LOG = LoggerFactory.getLogger(RunEngine.class);
    private static final int BEATS_PER_LEASE = 10;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LOOKS_PER_CLOCK_READING = 10;
    /// A task whose kind this version does not know is another version's: it is never thrown away.
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final Sql sql;
    private final RunTable table;
    private final DatabaseClock clock;
    private final WorkerName name = WorkerName.current();
    private final Place place = Place.current();
    private final int places;
    private final Optional<RunTask> runs;
    private final Scheduler scheduler;
    private final Thread lookout;
    private final Connections connections;
    private Optional<Notices.Listening> listening = Optional.empty();

    /// Where the scheduler's connections come from.
    ///
    /// @param whenClosed closes what was opened for them
    public record Connections(DataSource source, Runnable whenClosed) {}

    /// How an engine works.
    ///
    /// @param places how many runs at a time; none for a process that only does jobs
    /// @param lease after how long a silent worker is taken for dead
    /// @param poll how often it looks for work
    /// @param grace how long a run may take to reach the end of its step when the engine closes
    public record Options(int places, Duration lease, Duration poll, Duration grace) {}

    RunEngine(
            Sql sql,
            Connections connections,
            RunTable table,
            Function<String, RunTask> runs,
            List<Job> jobs,
            InstantSource clock,
            Options options) {
        this.sql = sql;
        this.connections = connections;
        this.table = table;
        this.clock = new DatabaseClock(clock);
        this.places = options.places();
        this.runs = options.places() > 0 ? Optional.of(runs.apply(name.toString())) : Optional.empty();
        this.scheduler = scheduler(connections.source(), jobs, options);
        this.lookout = Thread.ofVirtual().name("fettle-lookout").unstarted(this::lookOut);
    }

    private Scheduler scheduler(DataSource source, List<Job> jobs, Options options) {
        int threads = options.places() + 1;
        List<Task<?>> tasks =
                runs.<List<Task<?>>>map(each -> List.of(each.task())).orElse(List.of());
        SchedulerBuilder builder = Scheduler.create(source, tasks)
                .startTasks(jobs.stream().map(RunEngine::recurring).toList())
                .schedulerName(new SchedulerName.Fixed(name.toString()))
                .threads(threads)
                .executorService(Executors.newFixedThreadPool(
                        threads, Thread.ofVirtual().name("fettle-run-", 0).factory()))
                .pollingInterval(options.poll())
                .heartbeatInterval(options.lease().dividedBy(BEATS_PER_LEASE))
                .missedHeartbeatsLimit(BEATS_PER_LEASE)
                .shutdownMaxWait(options.grace())
                .deleteUnresolvedAfter(NEVER)
                .failureLogging(LogLevel.WARN, false)
                .clock(clock);
        return switch (sql.dialect()) {
            case POSTGRES ->
                builder.jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                        .pollUsingLockAndFetch(0.5, 1.0)
                        .build();
            case SQLITE ->
                builder.jdbcCustomization(new SqliteJdbcCustomization())
                        .pollUsingFetch(0.5, 1.0)
                        .build();
        };
    }

    private static RecurringTask<Void> recurring(Job job) {
        var schedule = switch (job.when()) {
            case Job.When.Every every -> Schedules.fixedDelay(every.interval());
            case Job.When.DailyAt daily -> Schedules.daily(ZoneId.systemDefault(), daily.time());
        };
        return Tasks.recurring(job.name(), schedule)
                .onDeadExecution((complete, operations) -> operations.reschedule(complete, complete.getTimeDone()))
                .execute((_, _) -> {
                    try {
                        job.work().run();
                    } catch (RuntimeException e) {
                        LOG.warn(
                                "The job {} failed and is tried again when it is due next: {}",
                                job.name(),
                                e.toString());
                    }
                });
    }

    /// How busy it is.
    public List<Gauge> gauges() {
        return List.of(
                Gauge.of("fettle_worker_places", "Runs that this process carries out at most.", () -> places),
                Gauge.of(
                        "fettle_worker_runs",
                        "Runs that this process carries out now.",
                        () -> runs.map(RunTask::underWay).orElse(0)));
    }

    /// Begins to look for work.
    public void start() {
        table.tidy();
        scheduler.start();
        lookout.start();
        listening = Optional.of(table.whenReady(this::wake));
    }

    /// Has it look for work now.
    private void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    private void lookOut() {
        try {
            for (int i = 1; ; i++) {
                Thread.sleep(LOOK);
                try {
                    look();
                    if (i % LOOKS_PER_CLOCK_READING == 0) {
                        clock.adjust();
                    }
                } catch (RuntimeException e) {
                    LOG.warn("Looking after the runs failed, and is tried again: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void look() {
        runs.ifPresent(each -> each.cancel(table.cancelled(name.toString())));
        releaseOrphans();
    }

    /// Frees what processes have that can be seen to be gone.
    private void releaseOrphans() {
        List<String> workers = sql.query(
                "select distinct picked_by from scheduled_tasks where picked and picked_by is not null and picked_by <> ?",
                row -> row.getString(1),
                name.toString());
        for (String worker : workers) {
            if (WorkerName.parse(worker)
                    .filter(each -> place.knowsAsDead(each.place(), each.owner()))
                    .isPresent()) {
                int freed = sql.update(
                        "update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
                                + " version = version + 1 where picked and picked_by = ?",
                        worker);
                LOG.info("Worker {} is gone; {} task(s) of it go on elsewhere", worker, freed);
                wake();
            }
        }
    }

    /// Hands over what is under way at the end of its step, and stops.
    @Override
    public void close() {
        runs.ifPresent(RunTask::handOver);
        lookout.interrupt();
        listening.ifPresent(Notices.Listening::close);
        scheduler.stop();
        connections.whenClosed().run();
    }
}
