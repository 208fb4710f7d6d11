package dev.fettle.tools.landlock;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.tools.confine.SeccompFilter;
import dev.fettle.tools.confine.SystemCalls;
import dev.fettle.tools.confine.VisibleFiles;
import dev.fettle.tools.process.Sandbox;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// Confines commands without namespaces: Landlock (<https://docs.kernel.org/userspace-api/landlock.html>) for files,
/// signals and abstract sockets, and a [SeccompFilter] that lets nobody open a socket.
///
/// All three, and `no_new_privs`, belong to a thread and are inherited by what it starts. So a thread that
/// lives for one command restricts itself and starts it; the rest of the process stays free. The JDK makes
/// the threads that wait for processes when the first ones are started; one process is started beforehand, so
/// that the first of them is not born restricted.
///
/// It holds less than bubblewrap does. There is no process namespace, so [Orphans] are looked for; the workspace has no
/// places that stay as they are, so a [TripWire] puts them back; that files outside exist can be seen, and as root, or
/// where they are the user's, their modes and times can be changed.
public final class Landlock implements Sandbox {
    /// Since then files can be protected from being cut short (Linux 6.2).
    private static final int OLDEST = 3;

    private static final String LIMITS = "ulimit -c 0; ulimit -n 4096; ulimit -f 2097152; exec \"$@\"";
    private static final List<String> DEVICES =
            List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom");

    private final VisibleFiles visible;
    private final int version;
    private final SystemCalls calls;
    private final Orphans orphans = new Orphans();
    private boolean isWarm;

    /// A sandbox; see [#version] for whether there can be one.
    public Landlock(VisibleFiles visible) {
        this.visible = visible;
        this.version = version();
        this.calls = SystemCalls.of(System.getProperty("os.arch"));
    }

    /// The version of the kernel's interface; 0 if it has none.
    public static int version() {
        return Kernel.landlockVersion();
    }

    /// Whether a kernel with this version confines enough.
    public static boolean isEnough(int version) {
        return version >= OLDEST;
    }

    @Override
    public String name() {
        return "landlock";
    }

    @Override
    public Started start(Launch launch) throws IOException {
        if (launch.confinement().network() instanceof Confinement.Network.Allow allow) {
            throw new IOException(
                    "the network cannot be limited to %s without bubblewrap; install it, or choose off or on"
                            .formatted(allow.hosts()));
        }
        warm();
        boolean isWritable = launch.confinement().mode() == Confinement.Mode.WORKSPACE_WRITE;
        TripWire wire = isWritable ? TripWire.over(launch.workspace()) : TripWire.none();
        Path scratch = Files.createTempDirectory("fettle-command-");
        try {
            orphans.adopt();
            ProcessBuilder builder = builder(launch, scratch);
            Process process = restricted(() -> {
                restrict(launch, scratch);
                return builder.start();
            });
            orphans.begins(process);
            return new Started(process, () -> {
                orphans.ended(process);
                TripWire.remove(scratch);
                return wire.check();
            });
        } catch (IOException e) {
            TripWire.remove(scratch);
            throw e;
        }
    }

    private static ProcessBuilder builder(Launch launch, Path scratch) {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", LIMITS, "limits", "setsid", "--wait")
                .directory(launch.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.command().addAll(launch.command());
        Map<String, String> environment = new HashMap<>(launch.environment());
        if (launch.confinement().mode() != Confinement.Mode.FULL) {
            environment.put("HOME", scratch.toString());
            environment.put("TMPDIR", scratch.toString());
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private synchronized void warm() throws IOException {
        if (!isWarm) {
            try {
                new ProcessBuilder("/bin/true").start().waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted before the command started", e);
            }
            isWarm = true;
        }
    }

    private static Process restricted(Callable<Process> start) throws IOException {
        FutureTask<Process> task = new FutureTask<>(start);
        Thread.ofPlatform().name("fettle-landlock").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted before the command started", e);
        }
    }

    /// From here on the calling thread can do only what the command may.
    private void restrict(Launch launch, Path scratch) throws IOException {
        Kernel.forgoPrivileges();
        if (launch.confinement().mode() != Confinement.Mode.FULL) {
            restrictFiles(launch, scratch);
            Kernel.dropCapabilities();
        }
        boolean isOnline = launch.confinement().network() instanceof Confinement.Network.On;
        Kernel.filter(SeccompFilter.forCalls(calls, isOnline ? SeccompFilter.ADDRESS_FAMILIES : List.of()));
    }

    private void restrictFiles(Launch launch, Path scratch) throws IOException {
        boolean isOnline = launch.confinement().network() instanceof Confinement.Network.On;
        int ruleset = Kernel.createRuleset(
                Rights.all(version),
                isOnline ? 0 : Rights.BIND_OR_CONNECT_TCP,
                Rights.ABSTRACT_SOCKETS_AND_SIGNALS,
                version);
        try {
            List<Path> read = new ArrayList<>(VisibleFiles.SYSTEM);
            read.addAll(visible.directories());
            read.add(Path.of("/proc"));
            for (Path path : read) {
                grantReading(ruleset, path);
            }
            for (String device : DEVICES) {
                Kernel.grant(ruleset, device, Rights.USE_DEVICE & Rights.all(version));
            }
            boolean isWritable = launch.confinement().mode() == Confinement.Mode.WORKSPACE_WRITE;
            Kernel.grant(ruleset, launch.workspace().toString(), isWritable ? Rights.change(version) : Rights.READ);
            Kernel.grant(ruleset, scratch.toString(), Rights.change(version));
            Kernel.restrict(ruleset);
        } finally {
            Kernel.close(ruleset);
        }
    }

    /// A rule reaches all below it, so what is hidden is gone around.
    private static void grantReading(int ruleset, Path path) throws IOException {
        if (!Files.exists(path) || VisibleFiles.HIDDEN.contains(path)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            Kernel.grant(ruleset, path.toString(), Rights.READ_A_FILE);
        } else if (VisibleFiles.HIDDEN.stream().noneMatch(each -> each.startsWith(path))) {
            Kernel.grant(ruleset, path.toString(), Rights.READ);
        } else {
            try (Stream<Path> children = Files.list(path)) {
                for (Path child : children.toList()) {
                    grantReading(ruleset, child);
                }
            }
        }
    }
}
