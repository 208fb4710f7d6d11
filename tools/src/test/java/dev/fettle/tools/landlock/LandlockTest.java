package dev.fettle.tools.landlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Confinement.Mode;
import dev.fettle.core.workspace.Confinement.Network;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.confine.VisibleFiles;
import dev.fettle.tools.process.OutputDirectory;
import dev.fettle.tools.process.ProcessShell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class LandlockTest {
    @TempDir
    private Path directory = Path.of("");

    private Path workspace = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(Landlock.isEnough(Landlock.version()), "this kernel has no Landlock, or an old one");
        workspace = Files.createDirectory(directory.resolve("workspace")).toRealPath();
        outside = Files.writeString(directory.resolve("secret"), "canary\n").toRealPath();
    }

    private Shell.Result run(Confinement confinement, String script) throws InterruptedException {
        Map<String, String> environment = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "OUT", outside.toString());
        VisibleFiles visible =
                new VisibleFiles(directory.resolve("home"), Path.of(System.getProperty("java.home")), List.of());
        return new ProcessShell(
                        workspace,
                        environment,
                        new OutputDirectory(directory.resolve("spool")),
                        new Landlock(visible),
                        confinement)
                .run(new Shell.Command(script, Duration.ofSeconds(30)), _ -> {});
    }

    private String output(String script) throws InterruptedException {
        return run(Confinement.DEFAULT, script).output();
    }

    @Test
    void aCommandWorksInItsWorkspaceAndPassesOnItsExitCode() throws Exception {
        Shell.Result result = run(
                Confinement.DEFAULT,
                "pwd; echo made > file; mkdir d; mv file d/; ln -s d/file l; cat l; mktemp >/dev/null && exit 7");
        assertEquals(workspace + "\nmade\n", result.output());
        assertEquals(new Shell.End.Exited(7), result.end());
    }

    @Test
    void gitAndPythonAndJavaWork() throws Exception {
        assertEquals(
                "done\n",
                output("git init -q . && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x && "
                        + "seq 100000 | sort -n | tail -1 >/dev/null && \"%s/bin/java\" -version 2>/dev/null && echo done"
                                .formatted(System.getProperty("java.home"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat $OUT",
                "cat ../secret",
                "ln -s $OUT l; cat l",
                "ln $OUT h && cat h",
                "cat /proc/self/root$OUT",
                "cat /proc/$PPID/environ | tr '\\0' '\\n' | grep canary",
                "cp $OUT c; cat c",
                "cat /proc/self/cwd/../secret",
                "tar cf - $OUT | tar xOf -"
            })
    void nothingOutsideCanBeRead(String script) throws Exception {
        assertFalse(output(script).contains("canary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo x > $OUT",
                "rm -f $OUT",
                "truncate -s 0 $OUT",
                "mv $OUT .",
                "echo x > ../new",
                "ln -s $OUT l; echo x > l",
                "mkdir ../dir",
                "echo x > /etc/fettle-attempt",
                "mount -t tmpfs none .",
                "unshare -Ur true && echo x > ../new"
            })
    void nothingOutsideCanBeChanged(String script) throws Exception {
        output(script);
        assertEquals("canary\n", Files.readString(outside));
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    files.map(each -> each.getFileName().toString())
                            .filter(each ->
                                    !List.of("workspace", "secret", "spool").contains(each))
                            .toList());
        }
        assertFalse(Files.exists(Path.of("/etc/fettle-attempt")));
    }

    @Test
    void readOnlyMeansReadOnly() throws Exception {
        Files.writeString(workspace.resolve("file"), "kept\n");
        assertEquals(
                "kept\nscratch\n",
                run(
                                new Confinement(Mode.READ_ONLY, new Network.Off()),
                                "cat file; (echo x > file; touch new; rm file) 2>/dev/null; echo y > $TMPDIR/s && echo scratch")
                        .output());
        assertEquals("kept\n", Files.readString(workspace.resolve("file")));
    }

    @Test
    void fullReachesEverything() throws Exception {
        assertEquals(
                "canary\n",
                run(new Confinement(Mode.FULL, new Network.On()), "cat $OUT").output());
    }

    @Test
    void thereIsNoNetworkUnlessItIsOn() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String connect = "(exec 3<>/dev/tcp/127.0.0.1/%d) 2>/dev/null && echo in || echo no"
                    .formatted(server.getLocalPort());
            assertEquals("no\n", output(connect));
            assertEquals(
                    "in\n",
                    run(new Confinement(Mode.WORKSPACE_WRITE, new Network.On()), connect)
                            .output());
        }
        Confinement limited = new Confinement(Mode.WORKSPACE_WRITE, new Network.Allow(List.of("example.org")));
        assertTrue(assertThrows(WorkspaceException.class, () -> run(limited, "true"))
                .getMessage()
                .contains("without bubblewrap"));
    }

    @Test
    void theProgramThatStartedItStaysFree() throws Exception {
        output("true");
        assertEquals("canary\n", Files.readString(outside));
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            assertTrue(client.isConnected());
        }
        assertEquals(0, new ProcessBuilder("cat", outside.toString()).start().waitFor());
    }

    @Test
    void aProtectedFileThatWasChangedIsPutBackAndTold() throws Exception {
        assertEquals("", output("git init -q ."));
        Path config = workspace.resolve(".git/config");
        String before = Files.readString(config);
        String told = output("echo '[core] fsmonitor = evil' >> .git/config; echo evil > .git/hooks/pre-commit;"
                + " mkdir -p .vscode; echo evil > .vscode/tasks.json");
        assertEquals(before, Files.readString(config));
        assertFalse(Files.exists(workspace.resolve(".git/hooks/pre-commit")));
        assertFalse(Files.exists(workspace.resolve(".vscode")));
        assertTrue(told.contains("[The command changed .git/config, which is protected; it has been put back.]"), told);
        assertTrue(told.contains("[The command made .vscode, which is protected; it has been removed.]"), told);
    }

    @Test
    void nothingSurvivesHoweverItWentAboutIt() throws Exception {
        String seconds = "62." + ProcessHandle.current().pid();
        output("(env -i setsid bash -c 'ulimit -q 0; exec setsid sleep %s' >/dev/null 2>&1 &); sleep 0.2"
                .formatted(seconds));
        assertEquals(
                0,
                ProcessHandle.allProcesses()
                        .filter(each -> Arrays.asList(each.info().arguments().orElse(new String[0]))
                                .contains(seconds))
                        .count());
    }

    @Test
    void theScratchDirectoryGoesAway() throws Exception {
        String scratch = output("touch $HOME/a; echo $TMPDIR").strip();
        assertFalse(Files.exists(Path.of(scratch)));
    }
}
