package dev.fettle.bench;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Shell;
import dev.fettle.tools.confine.Guards;
import dev.fettle.tools.confine.VisibleFiles;
import dev.fettle.tools.landlock.Landlock;
import dev.fettle.tools.network.NetworkGateway;
import dev.fettle.tools.process.OutputDirectory;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.process.Sandbox;
import dev.fettle.tools.process.Unconfined;
import dev.fettle.tools.sandbox.Bubblewrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What it costs to run one command that does nothing: alone, and in each way of confining it.
final class CommandCost {
    private static final int WARM_UPS = 50;
    private static final int COUNTED = 300;

    private CommandCost() {}

    /// Milliseconds of each counted command, by the way in which it ran.
    static Map<String, List<Double>> measure() throws IOException {
        Path workspace = Files.createTempDirectory("fettle-bench-").toRealPath();
        VisibleFiles visible = new VisibleFiles(
                Path.of(System.getProperty("user.home")), Path.of(System.getProperty("java.home")), List.of());
        Map<String, List<Double>> measured = new LinkedHashMap<>();
        measured.put(
                "plain spawn of bash",
                times(() -> new ProcessBuilder("bash", "-c", ":").start().waitFor()));
        measured.put("command, no sandbox", in(workspace, new Unconfined()));
        if (Files.isExecutable(Path.of("/usr/bin/bwrap"))) {
            Guards guards = new Guards(workspace.resolveSibling(workspace.getFileName() + "-guards"));
            measured.put(
                    "command, bubblewrap",
                    in(workspace, new Bubblewrap(Path.of("/usr/bin/bwrap"), visible, new NetworkGateway(), guards)));
        }
        if (Landlock.isEnough(Landlock.version())) {
            measured.put("command, Landlock", in(workspace, new Landlock(visible)));
        }
        return measured;
    }

    private interface Command {
        void run() throws IOException, InterruptedException;
    }

    private static List<Double> in(Path workspace, Sandbox sandbox) throws IOException {
        ProcessShell shell = new ProcessShell(
                workspace,
                Map.of("PATH", "/usr/bin:/bin"),
                new OutputDirectory(workspace),
                sandbox,
                Confinement.DEFAULT);
        Shell.Command nothing = new Shell.Command(":", Duration.ofSeconds(30));
        return times(() -> shell.run(nothing, _ -> {}));
    }

    private static List<Double> times(Command command) throws IOException {
        List<Double> milliseconds = new ArrayList<>();
        try {
            for (int i = 0; i < WARM_UPS + COUNTED; i++) {
                long begun = System.nanoTime();
                command.run();
                if (i >= WARM_UPS) {
                    milliseconds.add((System.nanoTime() - begun) / 1e6);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return milliseconds;
    }
}
