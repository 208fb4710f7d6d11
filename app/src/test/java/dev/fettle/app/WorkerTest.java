package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.postgres.PostgresServer;
import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Queued runs, carried out by real workers that are killed and stopped.
@Timeout(180)
class WorkerTest {
    /// Says that it runs, then waits until it is told to go on.
    private static final String WAIT =
            "{\"command\":\"echo once >> effects; echo half of it; while [ ! -e go ]; do sleep 0.05; done\"}";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;
    private final List<Process> workers = new ArrayList<>();

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
        // Nobody waits for it to run out: that a worker of this machine is gone is seen.
        fettle.environment.put("WORKER_LEASE", "5m");
    }

    @AfterEach
    void endWorkers() throws InterruptedException {
        for (Process worker : workers) {
            kill(worker);
        }
    }

    private Process worker() throws IOException {
        Process worker = fettle.start(directory.resolve("worker-" + workers.size()), "worker");
        workers.add(worker);
        return worker;
    }

    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly().waitFor();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private void queue() {
        assertEquals(0, fettle.type("run", "--background", "--yes", "do it"), fettle.err);
    }

    private void awaitCommand() throws IOException, InterruptedException {
        awaitFile(fettle.project.resolve("effects"));
    }

    private static void awaitFile(Path file) throws IOException, InterruptedException {
        while (!Files.exists(file) || Files.size(file) == 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String status() {
        assertEquals(0, fettle.type("runs", "show", "latest"), fettle.err);
        return JsonMapper.shared().readTree(fettle.out).get("status").asString();
    }

    private void awaitStatus(String status) throws InterruptedException {
        while (!status().equals(status)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void aWorkerThatIsKilledIsReplacedAndNothingIsDoneTwice() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("bash", WAIT)), text("all done"))) {
            fettle.withAnthropic(server);
            queue();
            Process first = worker();
            awaitCommand();
            kill(first);

            worker();

            assertEquals(0, fettle.type("runs", "follow", "latest"), fettle.err);
            assertTrue(fettle.err.contains("all done"), fettle.err);
            assertEquals(2, server.requests().size());
            String last = server.requests().getLast().text();
            assertTrue(last.contains("Unknown outcome: the process died"), last);
            assertTrue(last.contains("Changed since it began: effects."), last);
            assertEquals(List.of("once"), Files.readAllLines(fettle.project.resolve("effects")));
        }
    }

    @Test
    void aWorkerThatIsStoppedHandsItsRunOverAtTheEndOfItsStep() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("bash", WAIT)), text("all done"))) {
            fettle.withAnthropic(server);
            queue();
            Process first = worker();
            awaitCommand();
            assertEquals("running", status());
            first.destroy();
            Files.createFile(fettle.project.resolve("go"));
            assertTrue(first.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, first.exitValue());
            assertEquals("ready", status());

            worker();

            assertEquals(0, fettle.type("runs", "follow", "latest"), fettle.err);
            assertEquals(2, server.requests().size());
            assertFalse(server.requests().getLast().text().contains("Unknown outcome"));
        }
    }

    @Test
    void aQuestionOutlivesItsWorker() throws Exception {
        fettle.environment.put("AGENT_SANDBOX", "none");
        String command = "{\"command\":\"echo once >> effects\"}";
        try (FakeModelServer server = FakeModelServer.answering(calls(call("bash", command)), text("all done"))) {
            fettle.withAnthropic(server);
            assertEquals(0, fettle.type("run", "--background", "do it"), fettle.err);
            Process first = worker();
            awaitStatus("waiting");
            kill(first);
            assertFalse(Files.exists(fettle.project.resolve("effects")));

            assertEquals(0, fettle.type("runs", "approve", "latest"), fettle.err);
            worker();

            assertEquals(0, fettle.type("runs", "follow", "latest"), fettle.err);
            assertEquals(List.of("once"), Files.readAllLines(fettle.project.resolve("effects")));
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void anotherMachineFindsTheTreeAsItWasLeft() throws Exception {
        fettle.environment.put("DATABASE_URL", database("elsewhere"));
        fettle.environment.put("SNAPSHOT_DIR", directory.resolve("shared").toString());
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("write", "{\"path\":\"sub/a.txt\",\"content\":\"kept\"}")),
                calls(call("bash", WAIT)),
                text("all done"))) {
            fettle.withAnthropic(server);
            queue();
            Process first = worker();
            awaitCommand();
            kill(first);
            delete(fettle.project);
            Files.createDirectories(directory.resolve("elsewhere"));
            fettle.environment.put("FETTLE_HOME", directory.resolve("elsewhere").toString());
            Files.createDirectory(fettle.project);

            worker();

            assertEquals(0, fettle.type("runs", "follow", "latest"), fettle.err);
            assertTrue(fettle.err.contains("the working tree was restored from a snapshot"), fettle.err);
            assertEquals("kept", Files.readString(fettle.project.resolve("sub/a.txt")));
        }
    }

    private static String database(String name) throws SQLException {
        PostgresServer server = PostgresServer.shared();
        URI url = server.url("postgres");
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(url.getPort()),
                        PostgresServer.USER,
                        PostgresServer.PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.url(name).toString();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
