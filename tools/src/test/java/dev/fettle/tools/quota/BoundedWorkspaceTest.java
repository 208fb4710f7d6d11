package dev.fettle.tools.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BoundedWorkspaceTest {
    private static final Quota QUOTA = new Quota(100_000, 5);

    @TempDir
    private Path directory = Path.of("");

    private Workspace workspace() throws IOException {
        Path root = Files.createDirectories(directory.resolve("root")).toRealPath();
        Shell shell = new ProcessShell(root, Map.of("PATH", "/usr/bin:/bin"), directory.resolve("output"));
        return new BoundedWorkspace(new LocalWorkspace(root, shell), root, QUOTA);
    }

    private static Shell.Result run(Workspace workspace, String script) throws InterruptedException {
        return workspace.shell().run(new Shell.Command(script, Duration.ofSeconds(50)), _ -> {});
    }

    @Test
    void whatIsFullSaysSo() throws Exception {
        Workspace workspace = workspace();
        assertEquals(Optional.empty(), workspace.obstacle());
        workspace.write(workspace.locate("a"), new byte[90_000]);
        assertEquals(Optional.empty(), workspace.obstacle());
        workspace.write(workspace.locate("b"), new byte[90_000]);
        String full = "The workspace is full: it may hold 0.1 MB in 5 files and directories"
                + " (WORKSPACE_QUOTA, WORKSPACE_FILES), and more is in it.";
        assertEquals(Optional.of(full), workspace.obstacle());
        assertEquals(Optional.of(full), workspace.obstacle());
        workspace.delete(workspace.locate("a"));
        assertEquals(Optional.empty(), workspace.obstacle());
        run(workspace, "touch 1 2 3 4 5");
        assertEquals(Optional.of(full), workspace.obstacle());
    }

    @Test
    void itIsOnlyMeasuredWhereSomethingMayHaveGrown() throws Exception {
        Workspace workspace = workspace();
        assertEquals(Optional.empty(), workspace.obstacle());
        Files.write(directory.resolve("root/unseen"), new byte[200_000]);
        assertEquals(Optional.empty(), workspace.obstacle());
        workspace.move(workspace.locate("unseen"), workspace.locate("seen"));
        assertTrue(workspace.obstacle().isPresent());
    }

    @Test
    void noSingleFileGrowsBeyondIt() throws Exception {
        Workspace workspace = workspace();
        Shell.Result result = run(workspace, "head -c 900000 /dev/zero > large; echo $?");
        assertFalse(result.output().startsWith("0\n"), result.output());
        assertTrue(Files.size(directory.resolve("root/large")) <= 102_400);
    }

    @Test
    void aCommandThatFillsItIsStopped() throws Exception {
        Workspace workspace = workspace();
        WorkspaceException stopped = assertThrows(
                WorkspaceException.class,
                () -> run(workspace, "for i in 1 2 3; do head -c 90000 /dev/zero > $i; done; sleep 40"));
        assertTrue(
                stopped.getMessage().startsWith("The command was stopped. The workspace is full"),
                stopped.getMessage());
    }

    @Test
    void whoIsInterruptedLeavesNothingBehind() throws Exception {
        Workspace workspace = workspace();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> run(workspace, "sleep 40"));
        assertFalse(Thread.interrupted());
    }

    @Test
    void whatACommandEndsWithIsPassedOn() throws Exception {
        Workspace workspace = workspace();
        assertEquals(new Shell.End.Exited(3), run(workspace, "exit 3").end());
        Shell failing = (Shell.Command command, Consumer<String> live) -> {
            throw new WorkspaceException(WorkspaceException.Kind.IO, "no shell");
        };
        Shell bounded = new BoundedShell(failing, directory, QUOTA);
        assertEquals(
                "no shell",
                assertThrows(
                                WorkspaceException.class,
                                () -> bounded.run(new Shell.Command("x", Duration.ofSeconds(1)), _ -> {}))
                        .getMessage());
        assertEquals(Optional.empty(), workspace.shell().lastWords("exit 3"));
    }
}
