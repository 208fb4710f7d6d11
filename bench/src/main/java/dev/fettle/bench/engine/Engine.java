package dev.fettle.bench.engine;

import dev.fettle.bench.faults.StepModel;
import dev.fettle.bench.faults.WorkerProcess;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.store.SqliteSessionStore;
import dev.fettle.store.postgres.PostgresSessionStore;
import dev.fettle.testkit.postgres.PostgresServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;

/// Queued runs of twenty steps that list a directory, with a model that answers at once: steps a second, what a step
/// costs the workers, and how long it takes. The model is a process of its own, on the same machine.
public final class Engine {
    private static final int STEPS = 20;
    private static final int RUNS = 200;
    /// Until the workers have compiled what they keep calling.
    private static final int WARM_UP_RUNS = 400;
    private static final int AT_A_TIME = 8;
    private static final RunLimits LIMITS = new RunLimits(64, 64, 10_000);

    private final Path program;
    private final Path directory;

    private Engine(Path program) throws Exception {
        this.program = program;
        this.directory = Files.createTempDirectory("fettle-engine-");
    }

    /// Measures and prints.
    ///
    /// @param arguments the package's directory
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        new Engine(Path.of(arguments[0]).toAbsolutePath()).all();
        System.exit(0);
    }

    private void all() throws Exception {
        System.out.printf(
                "%d processors, Java %s; %d runs of %d steps, %d at a time on each worker%n%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), RUNS, STEPS, AT_A_TIME);
        System.out.printf(
                "%-26s %10s %16s %12s %12s %14s%n",
                "store, workers", "steps/s", "CPU ms a step", "p50 ms", "p99 ms", "commits a step");
        try (SqliteSessionStore store =
                SqliteSessionStore.open(directory.resolve("alone.db"), InstantSource.system())) {
            new StoreAlone(store, store.ledger()).measure("SQLite, the store alone");
        }
        try (PostgresSessionStore store =
                PostgresSessionStore.open(new PostgresSessionStore.Options(database("engine_alone"), 4))) {
            new StoreAlone(store, store.ledger()).measure("PostgreSQL, the store alone");
        }
        for (int workers = 1; workers <= 2; workers++) {
            Path home = Files.createDirectories(directory.resolve("sqlite-" + workers));
            try (SqliteSessionStore store =
                    SqliteSessionStore.open(home.resolve("sessions.db"), InstantSource.system())) {
                measure(
                        "SQLite, " + workers,
                        store,
                        store.runs(LIMITS).queue(),
                        workers,
                        Map.of("FETTLE_HOME", home.toString()),
                        () -> 0);
            }
        }
        for (int workers = 1; workers <= 2; workers++) {
            URI url = database("engine_" + workers);
            try (PostgresSessionStore store = PostgresSessionStore.open(new PostgresSessionStore.Options(url, 4))) {
                String name = "engine_" + workers;
                measure(
                        "PostgreSQL, " + workers,
                        store,
                        store.runs(LIMITS).queue(),
                        workers,
                        Map.of("DATABASE_URL", url.toString()),
                        () -> commits(name));
            }
        }
    }

    @FunctionalInterface
    private interface Commits {
        long count() throws SQLException, InterruptedException;
    }

    private void measure(
            String name,
            SessionStore sessions,
            RunQueue queue,
            int workers,
            Map<String, String> environment,
            Commits commits)
            throws Exception {
        StepModel model = StepModel.start(STEPS, Duration.ZERO, "");
        Path tree = Files.createDirectories(directory.resolve("tree"));
        List<SessionId> ids = new ArrayList<>();
        List<WorkerProcess> processes = new ArrayList<>();
        try {
            for (int i = 0; i < workers; i++) {
                processes.add(worker(model, environment));
                processes.getLast().awaitReady();
            }
            ask(sessions, queue, tree, WARM_UP_RUNS, 1_000_000, new ArrayList<>());
            awaitAll(queue);
            long committed = commits.count();
            long begun = System.nanoTime();
            long cpu = cpu(processes);
            ask(sessions, queue, tree, RUNS, 0, ids);
            awaitAll(queue);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double spent = cpu(processes) - cpu;
            int steps = RUNS * STEPS;
            long commitsOfSteps = commits.count() - committed;
            List<Long> times = times(sessions, ids);
            System.out.printf(
                    "%-26s %10.0f %16.2f %12d %12d %14s%n",
                    name,
                    steps / seconds,
                    spent / steps,
                    times.get(times.size() / 2),
                    times.get(times.size() * 99 / 100),
                    commitsOfSteps == 0 ? "" : "%.2f".formatted((double) commitsOfSteps / steps));
        } finally {
            for (WorkerProcess process : processes) {
                process.kill();
            }
            model.stop();
        }
    }

    private WorkerProcess worker(StepModel model, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(Map.of(
                "WORKER_RUNS",
                "" + AT_A_TIME,
                "LLM_MODEL",
                "anthropic/claude-sonnet-5-5",
                "ANTHROPIC_API_KEY",
                "not-a-key",
                "ANTHROPIC_BASE_URL",
                model.address()));
        return WorkerProcess.start(
                program, WorkerProcess.Place.SAME_MACHINE, directory.resolve("worker-" + System.nanoTime()), all);
    }

    private static void ask(
            SessionStore sessions, RunQueue queue, Path tree, int runs, int first, List<SessionId> asked) {
        for (int i = 0; i < runs; i++) {
            SessionId id = sessions.create(tree.toString(), "run", "user").id();
            asked.add(id);
            queue.submit(
                    id, new RunRequest("key-" + (first + i), List.of(), Map.of("WORK_DIR", tree.toString()), true));
        }
    }

    private static void awaitAll(RunQueue queue) throws InterruptedException {
        while (!queue.counts().isEmpty()) {
            Thread.sleep(20);
        }
    }

    /// Milliseconds from one answer of the model to the next, of all runs, the shortest first.
    private static List<Long> times(SessionStore sessions, List<SessionId> ids) {
        List<Long> times = new ArrayList<>();
        for (SessionId id : ids) {
            long last = 0;
            for (LogEntry entry : sessions.history(id)) {
                if (entry.event() instanceof Event.AssistantSaid) {
                    if (last > 0) {
                        times.add(entry.at().toEpochMilli() - last);
                    }
                    last = entry.at().toEpochMilli();
                }
            }
        }
        return times.stream().sorted().toList();
    }

    /// Milliseconds of processor time that the workers have taken.
    private static long cpu(List<WorkerProcess> processes) {
        return processes.stream().mapToLong(each -> each.cpu().toMillis()).sum();
    }

    private static URI database(String name) throws SQLException {
        try (Connection connection = connection("postgres")) {
            connection.createStatement().execute("create database " + name);
        }
        return PostgresServer.shared().url(name);
    }

    /// Each connection reports what it has done about once a second, and the last of it when it has been idle.
    private static long commits(String name) throws SQLException, InterruptedException {
        Thread.sleep(Duration.ofSeconds(12));
        try (Connection connection = connection(name);
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select xact_commit from pg_stat_database where datname = current_database()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Connection connection(String name) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s"
                        .formatted(PostgresServer.shared().port(), name),
                PostgresServer.USER,
                PostgresServer.PASSWORD);
    }
}
