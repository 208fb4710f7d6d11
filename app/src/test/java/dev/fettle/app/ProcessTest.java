package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import dev.fettle.testkit.server.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What happens to a run whose process is signalled or killed.
@Timeout(120)
class ProcessTest {
    /// Says that it runs, then waits for far longer than any test, as no other process does.
    private static final String WAIT = "{\"command\":\"echo yes > started; sleep 6173\"}";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    @Test
    void ctrlCWhileACommandRunsCancelsAndLeavesNothingRunning() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("bash", WAIT)), text("going on"))) {
            Process run = fettle.withAnthropic(server).start(directory.resolve("log"), "run", "--yes", "wait");
            awaitCommand();
            interrupt(run);
            assertTrue(run.waitFor(30, TimeUnit.SECONDS));
            assertEquals(130, run.exitValue(), log());
            assertFalse(isCommandAlive());
            assertTrue(log().contains("cancelled"), log());
            assertEquals(0, fettle.type("run", "--continue", "go on"), fettle.err);
            assertEquals(List.of("completed"), statuses());
            assertTrue(server.requests().getLast().text().contains("Cancelled while it ran"));
        }
    }

    @Test
    void ctrlCWhileTheModelIsSilentCancels() throws Exception {
        Step silence = new Fault.Silence(Duration.ofMinutes(5), true, text("never"));
        try (FakeModelServer server = FakeModelServer.script(silence)) {
            Process run = fettle.withAnthropic(server).start(directory.resolve("log"), "run", "wait");
            while (server.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            interrupt(run);
            assertTrue(run.waitFor(30, TimeUnit.SECONDS));
            assertEquals(130, run.exitValue(), log());
            assertEquals(List.of("cancelled"), statuses());
        }
    }

    @Test
    void aKilledRunGoesOnWithItsOpenCallAnsweredUnknown() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("bash", WAIT)), text("going on"))) {
            Process run = fettle.withAnthropic(server).start(directory.resolve("log"), "run", "--yes", "wait");
            awaitCommand();
            run.destroyForcibly();
            assertTrue(run.waitFor(30, TimeUnit.SECONDS));
            commands().forEach(ProcessHandle::destroyForcibly);
            assertEquals(List.of("open"), statuses());
            assertEquals(0, fettle.type("run", "--continue", "go on"), fettle.err);
            assertEquals(List.of("completed"), statuses());
            assertTrue(server.requests().getLast().text().contains("Unknown outcome: the process died"));
        }
    }

    @Test
    void aKilledTurnGoesOnWhereItWasAndHearsWhatItsCommandHadPrinted() throws Exception {
        String command = "{\"command\":\"echo half of it; echo yes > started; sleep 6173\"}";
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("write", "{\"path\":\"a.txt\",\"content\":\"once\"}")),
                calls(call("bash", command)),
                text("all done"))) {
            Process run = fettle.withAnthropic(server).start(directory.resolve("log"), "run", "--yes", "do it");
            awaitCommand();
            awaitRunningOutput("half of it\n");
            run.destroyForcibly();
            assertTrue(run.waitFor(30, TimeUnit.SECONDS));
            commands().forEach(ProcessHandle::destroyForcibly);

            assertEquals(0, fettle.type("run", "--continue"), fettle.err);

            assertEquals("all done\n", fettle.out);
            assertEquals(3, server.requests().size());
            String last = server.requests().getLast().text();
            assertTrue(last.contains("Unknown outcome: the process died"), last);
            assertTrue(last.contains("It had printed:\\nhalf of it"), last);
            assertEquals(List.of("completed"), statuses());
            assertEquals(1, fettle.type("run", "--continue"));
            assertTrue(fettle.err.contains("has ended; say what to do next"), fettle.err);
        }
    }

    @Test
    void aSessionThatIsRunningCannotBeContinuedElsewhere() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("bash", WAIT)), text("never"))) {
            Process run = fettle.withAnthropic(server).start(directory.resolve("log"), "run", "--yes", "wait");
            awaitCommand();
            assertEquals(1, fettle.type("run", "--continue", "me too"));
            assertTrue(fettle.err.contains("is in use by process"), fettle.err);
            interrupt(run);
            assertTrue(run.waitFor(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void theVersionIsPrintedByTheProgramItself() throws Exception {
        Process run = fettle.start(directory.resolve("log"), "--version");
        assertTrue(run.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, run.exitValue());
        assertEquals("fettle development\n", log());
    }

    private void awaitCommand() throws IOException, InterruptedException {
        Path started = fettle.project.resolve("started");
        while (!Files.exists(started) || Files.size(started) == 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void awaitRunningOutput(String text) throws IOException, InterruptedException {
        Path place = fettle.home.resolve("output");
        while (true) {
            try (Stream<Path> files = Files.exists(place) ? Files.list(place) : Stream.<Path>empty()) {
                for (Path file : files.toList()) {
                    if (Files.readString(file).equals(text)) {
                        return;
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor());
    }

    private static boolean isCommandAlive() {
        return commands().findAny().isPresent();
    }

    private static Stream<ProcessHandle> commands() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith("sleep 6173"));
    }

    private List<String> statuses() {
        fettle.type("sessions", "list", "--json");
        return JsonMapper.shared()
                .readTree(fettle.out)
                .valueStream()
                .map(session -> session.path("status").asString())
                .toList();
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }
}
