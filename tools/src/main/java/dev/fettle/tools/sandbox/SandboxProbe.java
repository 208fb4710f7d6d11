package dev.fettle.tools.sandbox;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.tools.confine.Guards;
import dev.fettle.tools.confine.VisibleFiles;
import dev.fettle.tools.landlock.Landlock;
import dev.fettle.tools.network.NetworkGateway;
import dev.fettle.tools.process.Sandbox;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Finds out how commands can be confined here, by trying it: with bubblewrap, or else with Landlock.
///
/// @param searchPath as in the variable `PATH`
/// @param visible what commands may read
/// @param journal a directory of Fettle's own, where guards are written down
public record SandboxProbe(String searchPath, VisibleFiles visible, Path journal) {
    private static final int MOST_SECONDS = 10;

    /// Blocks for the few milliseconds that a trial takes.
    public Rung find() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return new Rung.None("bubblewrap needs Linux", "run Fettle in a Linux container or virtual machine");
        }
        try {
            Rung best = bubblewrap();
            return best instanceof Rung.None none ? landlock(none) : best;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Rung.None("interrupted while trying", "try again");
        }
    }

    private Rung bubblewrap() throws InterruptedException {
        Optional<Path> program = program();
        if (program.isEmpty()) {
            return new Rung.None("bubblewrap is not installed", "apt install bubblewrap");
        }
        try {
            String version = output(program.get().toString(), "--version").strip();
            String trial = output(
                    program.get().toString(),
                    "--unshare-user",
                    "--unshare-pid",
                    "--unshare-net",
                    "--disable-userns",
                    "--ro-bind",
                    "/",
                    "/",
                    "--proc",
                    "/proc",
                    "--",
                    "/bin/sh",
                    "-c",
                    "echo confined");
            return trial.strip().equals("confined")
                    ? new Rung.Confined(
                            new Bubblewrap(program.get(), visible, new NetworkGateway(), new Guards(journal)), version)
                    : new Rung.None("%s does not work here: %s".formatted(version, trial.strip()), remedy());
        } catch (IOException e) {
            return new Rung.None("bubblewrap cannot be run: " + e.getMessage(), remedy());
        }
    }

    private Rung landlock(Rung.None better) throws InterruptedException {
        int version = Landlock.version();
        if (!Landlock.isEnough(version)) {
            return better;
        }
        try {
            Landlock landlock = new Landlock(visible);
            Path workspace = Files.createTempDirectory("fettle-trial-").toRealPath();
            Sandbox.Started trial = landlock.start(new Sandbox.Launch(
                    List.of("echo", "confined"),
                    workspace,
                    workspace,
                    Map.of("PATH", "/usr/bin:/bin"),
                    Confinement.DEFAULT));
            String output = output(trial.process());
            trial.aftermath().run();
            Files.delete(workspace);
            return output.strip().equals("confined")
                    ? new Rung.Partly(
                            landlock, "Landlock %d and seccomp".formatted(version), better.why(), better.remedy())
                    : better;
        } catch (IOException | IllegalArgumentException e) {
            return new Rung.None(
                    "%s; Landlock does not work either: %s".formatted(better.why(), e.getMessage()), better.remedy());
        }
    }

    private Optional<Path> program() {
        return Arrays.stream(searchPath.split(File.pathSeparator, -1))
                .filter(place -> place.startsWith("/"))
                .map(place -> Path.of(place, "bwrap"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The switch that keeps user namespaces from ordinary users differs from system to system.
    private static String remedy() {
        if (isSet("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1")) {
            return "sysctl kernel.apparmor_restrict_unprivileged_userns=0, or give bwrap an AppArmor profile";
        }
        if (isSet("/proc/sys/kernel/unprivileged_userns_clone", "0")) {
            return "sysctl kernel.unprivileged_userns_clone=1";
        }
        if (isSet("/proc/sys/user/max_user_namespaces", "0")) {
            return "sysctl user.max_user_namespaces=15000";
        }
        return "allow user namespaces; in Docker its default seccomp profile forbids them";
    }

    private static boolean isSet(String file, String value) {
        try {
            return Files.readString(Path.of(file)).strip().equals(value);
        } catch (IOException e) {
            return false;
        }
    }

    private static String output(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().clear();
        return output(builder.start());
    }

    private static String output(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return output;
    }
}
