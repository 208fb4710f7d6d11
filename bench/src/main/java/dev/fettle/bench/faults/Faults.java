package dev.fettle.bench.faults;

import dev.fettle.bench.faults.Records.Struck;
import dev.fettle.bench.faults.WorkerProcess.Place;
import dev.fettle.core.run.RunLimits;
import dev.fettle.store.postgres.PostgresSessionStore;
import dev.fettle.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.LogManager;

/// Two workers carry out runs of twenty steps on a real PostgreSQL server, and are killed, frozen, stopped and cut off
/// while they do. At the end the log, the ledger, the model and the files tell what was lost or done twice.
public final class Faults {
    private static final int STEPS = 20;
    private static final Duration MODEL = Duration.ofMillis(25);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final long BETWEEN_KILLS_MS = 5_000;

    private final Path program;
    private final int kills;
    private final Random random = new Random(5);
    private final Path directory;
    private final PostgresServer server;
    private final Forwarder forwarder;
    private final StepModel model;
    private final Records records;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final Map<String, List<Struck>> struck = new LinkedHashMap<>();
    private int hits;

    private Faults(Path program, int kills) throws IOException {
        this.program = program;
        this.kills = kills;
        this.directory = Files.createTempDirectory("fettle-faults-");
        this.server = PostgresServer.shared();
        this.forwarder = new Forwarder(server.port());
        this.model = StepModel.start(STEPS, MODEL, "echo # >> effects.txt; sleep 0.03");
        this.records = new Records(server.url(PostgresServer.USER));
    }

    /// Runs everything and prints the report.
    ///
    /// @param arguments the package's directory, and how many kills (default 60)
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        int kills = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        new Faults(Path.of(arguments[0]).toAbsolutePath(), kills).all();
        System.exit(0);
    }

    private void all() throws Exception {
        System.out.printf(
                "%d processors, Java %s; runs of %d steps, lease %d s; %s%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), STEPS, LEASE.toSeconds(), directory);
        new Records(server.url("postgres")).update("create database " + PostgresServer.USER);
        URI direct = server.url(PostgresServer.USER);
        try (PostgresSessionStore store = PostgresSessionStore.open(new PostgresSessionStore.Options(direct, 4));
                Feeder feeder = new Feeder(
                        store, store.runs(new RunLimits(8, 64, 10_000)).queue(), directory)) {
            feeder.start();
            use(Place.SAME_MACHINE, Place.SAME_MACHINE);
            phase("kill -9, seen by the other worker", kills / 2, this::kill);
            use(Place.OTHER_MACHINE, Place.OTHER_MACHINE);
            phase("kill -9, as on another machine", kills - kills / 2, this::kill);
            phase("SIGSTOP for longer than the lease", 3, this::freeze);
            phase("SIGTERM, one worker after the other", 10, this::stop);
            phase("restart of the database", 2, this::restartDatabase);
            phase("database away for a minute", 1, this::takeDatabaseAway);
            phase("all connections cut", 5, this::cut);
            if (Files.exists(Path.of(WorkerProcess.FAKETIME))) {
                use(Place.WRONG_CLOCK, Place.OTHER_MACHINE);
                phase("kill -9, one clock an hour fast", 10, this::kill);
            } else {
                System.out.println("a clock an hour fast: skipped, there is no libfaketime (apt install faketime)");
            }
            feeder.stop();
            feeder.awaitAllEnded();
            for (WorkerProcess worker : workers) {
                worker.kill();
            }
            new Verdict(records, store, feeder.asked(), model.stop(), struck, hits, directory).print();
        } finally {
            for (WorkerProcess worker : workers) {
                worker.kill();
            }
            forwarder.close();
        }
    }

    @FunctionalInterface
    private interface Fault {
        void strike(int which, List<Struck> met) throws Exception;
    }

    private void phase(String name, int times, Fault fault) throws Exception {
        List<Struck> met = struck.computeIfAbsent(name, _ -> new ArrayList<>());
        System.out.printf("%s: %d times%n", name, times);
        for (int i = 0; i < times; i++) {
            Thread.sleep(random.nextLong(BETWEEN_KILLS_MS));
            fault.strike(i % workers.size(), met);
        }
    }

    /// Replaces the workers by ones at these places.
    private void use(Place... places) throws Exception {
        for (WorkerProcess worker : workers) {
            worker.kill();
        }
        workers.clear();
        for (Place place : places) {
            workers.add(started(place));
        }
        for (WorkerProcess worker : workers) {
            worker.awaitReady();
        }
    }

    private WorkerProcess started(Place place) {
        return WorkerProcess.start(
                program,
                place,
                directory.resolve("worker-" + System.nanoTime()),
                Map.of(
                        "DATABASE_URL",
                        server.url(PostgresServer.USER).toString().replace(":" + server.port(), ":" + forwarder.port()),
                        "WORKER_LEASE",
                        LEASE.toSeconds() + "s",
                        // Room for what the other one leaves behind: to wait for a place is not to be noticed.
                        "WORKER_RUNS",
                        "16",
                        "LOG_LEVEL",
                        "info",
                        "LLM_MODEL",
                        "anthropic/claude-sonnet-5-5",
                        "ANTHROPIC_API_KEY",
                        "not-a-key",
                        "ANTHROPIC_BASE_URL",
                        model.address()));
    }

    private void replace(int which) throws Exception {
        workers.set(which, started(workers.get(which).place()));
        workers.get(which).awaitReady();
    }

    private void kill(int which, List<Struck> met) throws Exception {
        met.addAll(records.heldBy(workers.get(which).name()));
        workers.get(which).kill();
        hits++;
        replace(which);
    }

    /// It wakes up when others have taken over, and must not write a word.
    private void freeze(int which, List<Struck> met) throws Exception {
        met.addAll(records.heldBy(workers.get(which).name()));
        workers.get(which).signal("STOP");
        hits++;
        Thread.sleep(LEASE.plusSeconds(4));
        workers.get(which).signal("CONT");
    }

    private void stop(int which, List<Struck> met) throws Exception {
        met.addAll(records.heldBy(workers.get(which).name()));
        workers.get(which).signal("TERM");
        workers.get(which).awaitEnd();
        replace(which);
    }

    private void restartDatabase(int which, List<Struck> met) throws Exception {
        server.stop();
        Thread.sleep(random.nextLong(3_000));
        server.start();
    }

    /// For longer than anybody waits for an answer.
    private void takeDatabaseAway(int which, List<Struck> met) throws Exception {
        server.stop();
        Thread.sleep(Duration.ofMinutes(1));
        server.start();
    }

    private void cut(int which, List<Struck> met) {
        forwarder.cutAll();
    }
}
