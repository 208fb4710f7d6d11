package dev.fettle.tools.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessShellTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path spool;
    private ProcessShell shell;

    @BeforeEach
    void open() {
        spool = directory.resolve("spool/here");
        shell = new ProcessShell(directory, Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "GREETING", "hello"), spool);
    }

    @Test
    void mergesOutputAndErrorInOrder() throws Exception {
        Shell.Result result = run("echo one; echo two >&2; echo three; exit 3");
        assertEquals("one\ntwo\nthree\n", result.output());
        assertEquals(new Shell.End.Exited(3), result.end());
        assertEquals(Optional.empty(), result.fullOutput());
    }

    @Test
    void startsInItsDirectoryWithNothingOnStandardInput() throws Exception {
        assertEquals(
                directory.toRealPath() + "\nend\n", run("pwd; cat; echo end").output());
    }

    @Test
    void givesCommandsTheirEnvironmentAndAMarkAndNothingElse() throws Exception {
        List<String> names = run("/usr/bin/env")
                .output()
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(name -> !List.of("PWD", "SHLVL", "_").contains(name))
                .sorted()
                .toList();
        assertEquals(List.of("FETTLE_COMMAND", "GREETING", "PATH"), names);
    }

    @Test
    void takesAScriptThatLooksLikeAnOption() throws Exception {
        assertEquals(new Shell.End.Exited(127), run("-l").end());
    }

    @Test
    void namesTheLinesOfAScriptAsTheyWereWritten() throws Exception {
        assertTrue(run("true\nnosuchcommand").output().contains("line 2: nosuchcommand"));
        assertEquals("one\ntwo\n", run("# first\ncat <<E\none\ntwo\nE\n").output());
    }

    @Test
    void tellsTheSignalThatEndedACommand() throws Exception {
        assertEquals(new Shell.End.Exited(128 + 9), run("kill -9 $$").end());
    }

    @Test
    void keepsTheOutputOfACommandThatTimesOut() throws Exception {
        Shell.Result result =
                shell.run(new Shell.Command("echo begun; exec sleep 1000", Duration.ofSeconds(1)), _ -> {});
        assertEquals(new Shell.End.TimedOut(Duration.ofSeconds(1)), result.end());
        assertEquals("begun\n", result.output());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 1000 & echo $! > pid",
                "nohup sleep 1000 > /dev/null 2>&1 & echo $! > pid",
                "setsid sleep 1000 & echo $! > pid",
                "bash -c 'trap \"\" TERM INT HUP; echo $$ > pid; while :; do sleep 1; done' & while [ ! -s pid ]; do :; done",
                "env -i setsid -f bash -c 'echo $$ > pid; exec sleep 1000'; while [ ! -s pid ]; do :; done",
                "(setsid bash -c 'trap \"\" TERM HUP; (bash -c \"echo \\$\\$ > pid; exec sleep 1000\" &) ; exit' &) ; "
                        + "while [ ! -s pid ]; do :; done",
            })
    void leavesNothingRunningHoweverItWasStarted(String script) throws Exception {
        // The child holds the output's pipe open in some of these; the call must not wait for it.
        Shell.Result result = assertTimeoutPreemptively(LONG, () -> run(script));
        assertInstanceOf(Shell.End.Exited.class, result.end());
        assertIsGone(pid());
    }

    @Test
    void leavesNothingRunningAfterATimeout() throws Exception {
        String daemon = "(setsid bash -c 'trap \"\" TERM; echo $$ > pid; while :; do sleep 1; done' &); sleep 1000";
        Shell.Result result = shell.run(new Shell.Command(daemon, Duration.ofSeconds(2)), _ -> {});
        assertInstanceOf(Shell.End.TimedOut.class, result.end());
        assertIsGone(pid());
    }

    @Test
    void leavesNothingRunningWhenInterrupted() throws Exception {
        String script = "trap '' TERM; (setsid bash -c 'echo $$ > pid; exec sleep 1000' &); "
                + "while [ ! -s pid ]; do :; done; echo ready; sleep 1000";
        CountDownLatch ready = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                shell.run(new Shell.Command(script, LONG), _ -> ready.countDown());
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        ready.await();
        caller.interrupt();
        caller.join();
        assertInstanceOf(InterruptedException.class, thrown.get());
        assertIsGone(pid());
    }

    @Test
    void leavesTheProcessesOfOtherCommandsAlone() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        BlockingQueue<Shell.Result> ended = new LinkedBlockingQueue<>();
        Thread other = Thread.ofVirtual().start(() -> {
            try {
                ended.add(shell.run(
                        new Shell.Command("echo up; while [ ! -e go ]; do sleep 0.01; done; echo done", LONG),
                        _ -> ready.countDown()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ready.await();
        run("setsid sleep 1000 & true");
        Files.createFile(directory.resolve("go"));
        other.join();
        assertEquals("up\ndone\n", ended.take().output());
    }

    @Test
    void passesOutputOnAsItComes() throws Exception {
        List<String> live = new ArrayList<>();
        Shell.Result result = shell.run(
                new Shell.Command("echo first; while [ ! -e go ]; do sleep 0.01; done; echo second", LONG), piece -> {
                    if (live.isEmpty()) {
                        create("go");
                    }
                    live.add(piece);
                });
        assertEquals(List.of("first\n", "second\n"), live);
        assertEquals("first\nsecond\n", result.output());
    }

    @Test
    void replacesInvalidUtf8AndDropsControlSequences() throws Exception {
        assertEquals(
                "a\uFFFDb red ü\ndone\n",
                run("printf 'a\\xffb \\033[31mred\\033[0m \\xc3\\xbc\\n\\033]0;title\\a 10%%\\r 50%%\\rdone\\n'")
                        .output());
    }

    @Test
    void keepsHeadAndTailOfLongOutputAndAllOfItInAFile() throws Exception {
        Shell.Result result = run("seq 1 20000");
        List<String> lines = result.output().lines().toList();
        assertEquals("1", lines.getFirst());
        assertEquals("20000", lines.getLast());
        String note =
                lines.stream().filter(line -> line.startsWith("[…")).findFirst().orElseThrow();
        Path full = Path.of(result.fullOutput().orElseThrow());
        assertTrue(
                note.matches(
                        "\\[… [0-9,]+ bytes \\([0-9,]+ lines\\) cut; full output: .*; see a part with: sed -n '.*"),
                note);
        assertEquals(20_000, Files.readAllLines(full).size());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(full)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(spool)));
        // What the note offers is the part that was cut.
        int last = Integer.parseInt(lines.get(lines.indexOf(note) - 1));
        String offered = note.substring(note.indexOf("sed"), note.lastIndexOf(" …]"));
        assertEquals(
                String.valueOf(last + 1),
                run(offered).output().lines().findFirst().orElseThrow());
    }

    @Test
    void givesTheSameResultForTheSameLongOutput() throws Exception {
        assertEquals(run("seq 1 20000").output(), run("seq 1 20000").output());
    }

    @Test
    void offersAPartOfALongLineByBytes() throws Exception {
        Shell.Result result = run("head -c 100000 /dev/zero | tr '\\0' x");
        assertTrue(result.output().contains("70,000 bytes (0 lines) cut"), result.output());
        assertTrue(result.output().contains("tail -c +10001 "), result.output());
    }

    @Test
    void holdsLittleOfAVeryLongOutput() throws Exception {
        long before = usedMemory();
        Shell.Result result = run("yes 'a line of output that repeats' | head -c 200000000");
        assertTrue(result.output().length() < 40_000);
        assertTrue(result.output().contains("the first 64 MB"), "says that the file is not all of it");
        assertEquals(64L << 20, Files.size(Path.of(result.fullOutput().orElseThrow())));
        assertTrue(usedMemory() - before < 50_000_000, "the output is not kept in memory");
    }

    @Test
    void leavesNoFileOfShortOutput() throws Exception {
        run("seq 1 100");
        assertFalse(Files.exists(spool));
        run("seq 1 100; sleep 0.2");
        try (Stream<Path> files = Files.list(spool)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void whatItPrintedCanBeReadWhileItRuns() throws Exception {
        String script = "echo half of it; echo 'key hunter2'; printf rest; while [ ! -e go ]; do sleep 0.05; done";
        OutputDirectory place = new OutputDirectory(spool, text -> text.replace("hunter2", "⟨secret⟩"));
        ProcessShell masking = new ProcessShell(
                directory, Map.of("PATH", "/usr/bin:/bin"), place, new Unconfined(), Confinement.DEFAULT);
        Thread running = Thread.ofVirtual().start(() -> {
            try {
                masking.run(new Shell.Command(script, Duration.ofSeconds(50)), _ -> {});
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (!masking.lastWords(script).equals(Optional.of("half of it\nkey ⟨secret⟩\n"))) {
            Thread.onSpinWait();
        }
        Files.createFile(directory.resolve("go"));
        running.join();
        assertEquals(Optional.empty(), masking.lastWords(script));
    }

    @Test
    void givesTheResultThoughTheSpoolCannotBeWritten() throws Exception {
        Files.writeString(directory.resolve("spool"), "a file where the directory should be");
        Shell.Result result = run("seq 1 20000");
        assertEquals(Optional.empty(), result.fullOutput());
        assertTrue(result.output().contains("the full output could not be kept"), result.output());
        assertTrue(result.output().endsWith("20000\n"));
    }

    @Test
    void letsAListenersBugFlyOnceTheCommandHasEnded() {
        IllegalStateException bug = assertThrows(
                IllegalStateException.class,
                () -> shell.run(new Shell.Command("seq 1 100000; touch ended", LONG), _ -> {
                    throw new IllegalStateException("bug");
                }));
        assertEquals("bug", bug.getMessage());
        assertTrue(Files.exists(directory.resolve("ended")));
    }

    @Test
    void saysWhyNoCommandCanRun() {
        ProcessShell without = new ProcessShell(directory.resolve("none"), Map.of(), spool);
        WorkspaceException refusal =
                assertThrows(WorkspaceException.class, () -> without.run(new Shell.Command("true", LONG), _ -> {}));
        assertEquals(WorkspaceException.Kind.NOT_FOUND, refusal.kind());
        assertThrows(WorkspaceException.class, () -> run("x".repeat(200_000)));
    }

    private Shell.Result run(String script) throws InterruptedException {
        return shell.run(new Shell.Command(script, LONG), _ -> {});
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    }

    /// Dead, or a zombie that its new parent has not buried yet.
    private static void assertIsGone(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        if (Files.exists(stat)) {
            String line = Files.readString(stat);
            assertEquals('Z', line.charAt(line.lastIndexOf(')') + 2), line);
        }
    }

    private void create(String name) {
        try {
            Files.createFile(directory.resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void whatIsKeptOfLongOutputWentThroughTheMaskInWholeLinesAndWholeKeys() throws Exception {
        List<String> masked = new ArrayList<>();
        OutputDirectory place = new OutputDirectory(spool, text -> {
            masked.add(text);
            return text.replace("hunter2", "⟨secret⟩");
        });
        Shell.Result result = new ProcessShell(
                        directory, Map.of("PATH", "/usr/bin:/bin"), place, new Unconfined(), Confinement.DEFAULT)
                .run(
                        new Shell.Command(
                                "seq -f 'line %g hunter2' 9000; echo '-----BEGIN KEY-----'; seq 20000;"
                                        + " echo '-----END KEY-----'; printf hunter2",
                                Duration.ofSeconds(50)),
                        _ -> {});
        String kept = Files.readString(Path.of(result.fullOutput().orElseThrow()));
        assertFalse(kept.contains("hunter2"));
        assertTrue(kept.startsWith("line 1 ⟨secret⟩\nline 2") && kept.endsWith("END KEY-----\n⟨secret⟩"));
        assertTrue(masked.stream().filter(each -> !each.isEmpty()).count() > 2);
        assertEquals(
                List.of(),
                masked.stream()
                        .filter(each -> each.contains("BEGIN KEY") != each.contains("END KEY"))
                        .toList());
    }

    @Test
    void aCommandThatMultipliesIsKilledWithAllItStarted() throws Exception {
        String seconds = "61." + ProcessHandle.current().pid();
        Shell.Result result = new ProcessShell(directory, Map.of("PATH", "/usr/bin:/bin"), spool)
                .run(
                        new Shell.Command(
                                "for i in {1..800}; do sleep %s & done; wait".formatted(seconds),
                                Duration.ofSeconds(50)),
                        _ -> {});
        assertEquals(new Shell.End.TooManyProcesses(512), result.end());
        assertEquals(
                0,
                ProcessHandle.allProcesses()
                        .filter(each -> List.of(each.info().arguments().orElse(new String[0]))
                                .contains(seconds))
                        .count());
    }

    @Test
    void aCommandThatHoldsTooMuchMemoryIsKilledWithAllItStarted() throws Exception {
        long limit = 64L * 1024 * 1024;
        ProcessShell bounded = new ProcessShell(
                directory,
                Map.of("PATH", "/usr/bin:/bin"),
                new OutputDirectory(spool),
                new Unconfined(),
                Confinement.DEFAULT,
                limit);
        Shell.Result result = bounded.run(
                new Shell.Command("x=$(head -c 200000000 /dev/zero | tr '\\0' x); sleep 60", Duration.ofSeconds(50)),
                _ -> {});
        assertEquals(new Shell.End.OutOfMemory(limit), result.end());
    }
}
