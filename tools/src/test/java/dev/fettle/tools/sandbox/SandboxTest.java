package dev.fettle.tools.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Confinement.Mode;
import dev.fettle.core.workspace.Confinement.Network;
import dev.fettle.core.workspace.Reach;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.confine.VisibleFiles;
import dev.fettle.tools.process.OutputDirectory;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.process.Sandbox;
import dev.fettle.tools.process.Unconfined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What holds on the bubblewrap rung besides the list of attempts.
@Timeout(60)
public class SandboxTest {
    static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    @TempDir
    private Path directory = Path.of("");

    private Path workspace;
    private Sandbox sandbox;

    @BeforeEach
    void find() throws IOException {
        sandbox = sandboxOrSkip(directory.resolve("home"));
        workspace = Files.createDirectory(directory.resolve("workspace")).toRealPath();
    }

    static SandboxProbe probe(String searchPath, Path home) {
        return new SandboxProbe(
                searchPath,
                new VisibleFiles(home, Path.of(System.getProperty("java.home")), List.of()),
                home.resolveSibling("guards"));
    }

    /// The machine's sandbox, or the test is skipped with the reason.
    public static Sandbox sandboxOrSkip(Path home) {
        return switch (probe(System.getenv("PATH"), home).find()) {
            case Rung.Confined confined -> confined.sandbox();
            case Rung.Partly partly -> {
                assumeTrue(false, partly.why());
                yield partly.sandbox();
            }
            case Rung.None none -> {
                assumeTrue(false, none.why());
                yield new Unconfined();
            }
        };
    }

    private Shell.Result run(Confinement confinement, String script) throws InterruptedException {
        return run(confinement, new Shell.Command(script, Duration.ofSeconds(30)));
    }

    private Shell.Result run(Confinement confinement, Shell.Command command) throws InterruptedException {
        return new ProcessShell(
                        workspace,
                        Map.of("PATH", PATH),
                        new OutputDirectory(directory.resolve("spool")),
                        sandbox,
                        confinement)
                .run(command, _ -> {});
    }

    private String output(String script) throws InterruptedException {
        return run(Confinement.DEFAULT, script).output();
    }

    @Test
    void aCommandWorksInItsWorkspaceAndPassesOnItsExitCode() throws Exception {
        Shell.Result result = run(Confinement.DEFAULT, "pwd; echo made > file; exit 7");
        assertEquals(workspace + "\n", result.output());
        assertEquals(new Shell.End.Exited(7), result.end());
        assertEquals("made\n", Files.readString(workspace.resolve("file")));
    }

    @Test
    void readOnlyMeansReadOnly() throws Exception {
        Files.writeString(workspace.resolve("file"), "kept");
        String output = run(
                        new Confinement(Mode.READ_ONLY, new Network.Off()),
                        "cat file; echo x > file; touch new; echo y > /tmp/scratch && echo scratch")
                .output();
        assertTrue(output.startsWith("kept"), output);
        assertTrue(output.endsWith("scratch\n"), output);
        assertEquals("kept", Files.readString(workspace.resolve("file")));
        assertFalse(Files.exists(workspace.resolve("new")));
    }

    @Test
    void aWiderReachIsOnlyGivenToTheCommandThatHasIt() throws Exception {
        Path outside = directory.resolve("outside");
        String script = "echo x > " + outside;
        run(Confinement.DEFAULT, new Shell.Command(script, Duration.ofSeconds(30), Reach.SANDBOX));
        assertFalse(Files.exists(outside));
        run(Confinement.DEFAULT, new Shell.Command(script, Duration.ofSeconds(30), Reach.FULL));
        assertTrue(Files.exists(outside));
    }

    @Test
    void theNetworkIsThereOnlyIfItIsOn() throws Exception {
        String script = "ls /sys/class/net 2>/dev/null; tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' \\n'";
        assertEquals("lo", output(script));
        assertTrue(run(new Confinement(Mode.WORKSPACE_WRITE, new Network.On()), script)
                        .output()
                        .length()
                >= 2);
    }

    @Test
    void refusesAGitDirectoryThatIsALink() throws IOException {
        Files.createSymbolicLink(workspace.resolve(".git"), directory);
        assertTrue(assertThrows(WorkspaceException.class, () -> run(Confinement.DEFAULT, "true"))
                .getMessage()
                .contains("is a symbolic link"));
    }

    @Test
    void aProtectedPathBehindALinkMakesNothingOnTheHost() throws Exception {
        Path host = Files.createDirectory(directory.resolve("host"));
        Files.createSymbolicLink(workspace.resolve(".vscode"), host);
        output("true");
        try (var files = Files.list(host)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void commitsWorkWhileTheSettingsOfTheRepositoryAreFixed() throws Exception {
        output("git init -q . && git config user.name a && git config user.email a@b");
        String output = output("echo 1 > f && git add f && git -c user.name=a -c user.email=a@b commit -qm one"
                + " && git log --oneline | wc -l; git config core.pager evil; echo x > .git/hooks/pre-commit");
        assertTrue(output.startsWith("1\n"), output);
        assertFalse(Files.readString(workspace.resolve(".git/config")).contains("evil"));
        assertFalse(Files.exists(workspace.resolve(".git/hooks/pre-commit")));
    }

    @Test
    void theSandboxOutlivesTheThreadThatAskedForIt() throws Exception {
        Shell.Result[] result = new Shell.Result[1];
        Thread asking = Thread.ofPlatform().start(() -> {
            try {
                result[0] = run(Confinement.DEFAULT, "sleep 0.3; echo done");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        asking.join();
        assertEquals("done\n", result[0].output());
    }

    @Test
    void aTimeOutLeavesNothing() throws Exception {
        String seconds = "77." + ProcessHandle.current().pid();
        Shell.Result result = run(
                Confinement.DEFAULT,
                new Shell.Command(
                        "(setsid sleep %s &) ; trap '' TERM; sleep %s".formatted(seconds, seconds),
                        Duration.ofSeconds(1)));
        assertEquals(new Shell.End.TimedOut(Duration.ofSeconds(1)), result.end());
        assertFalse(ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith("sleep " + seconds)));
    }

    @Test
    void theProbeSaysWhatToInstall() {
        Rung rung = probe("/nonexistent", directory).find();
        assertEquals("bubblewrap is not installed; apt install bubblewrap", lack(rung));
    }

    @Test
    void theProbeDoesNotTrustAProgramThatConfinesNothing() throws IOException {
        Path fake = Files.createDirectory(directory.resolve("bin")).resolve("bwrap");
        Files.writeString(fake, "#!/bin/sh\necho no namespaces for you\n");
        assertTrue(fake.toFile().setExecutable(true));
        Rung rung = probe(directory.resolve("bin").toString(), directory).find();
        assertTrue(lack(rung).contains("no namespaces for you"), rung.toString());
    }

    /// What is said of bubblewrap, with Landlock in its place or without.
    private static String lack(Rung rung) {
        return switch (rung) {
            case Rung.Confined confined -> confined.found();
            case Rung.Partly partly -> partly.why() + "; " + partly.remedy();
            case Rung.None none -> none.why() + "; " + none.remedy();
        };
    }
}
