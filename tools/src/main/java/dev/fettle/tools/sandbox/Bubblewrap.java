package dev.fettle.tools.sandbox;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.tools.confine.Guards;
import dev.fettle.tools.confine.ProtectedPaths;
import dev.fettle.tools.confine.SeccompFilter;
import dev.fettle.tools.confine.SystemCalls;
import dev.fettle.tools.confine.VisibleFiles;
import dev.fettle.tools.network.NetworkGateway;
import dev.fettle.tools.process.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Confines commands with bubblewrap (<https://github.com/containers/bubblewrap>): own user, process, IPC, host-name,
/// cgroup and network namespaces, a [MinimalRoot], the workspace with its [ProtectedPaths], no capabilities, and a
/// [SeccompFilter].
///
/// Bubblewrap is process 1 of the sandbox, whose environment and command line every command can read in `/proc/1`. So
/// its environment is what the command gets anyway, and its options come through a descriptor. Java cannot pass
/// descriptors on; a shell opens them and becomes bubblewrap. Bubblewrap dies with the *thread* that started it
/// (`--die-with-parent` is prctl(PR_SET_PDEATHSIG)), so one thread that never ends starts them all.
public final class Bubblewrap implements Sandbox {
    /// Options arrive on standard input, which becomes descriptor 8; the filter becomes descriptor 9.
    private static final String LAUNCHER =
            "bwrap=$1 filter=$2; shift 2; exec 8<&0 9<\"$filter\" </dev/null; exec \"$bwrap\" --args 8 --seccomp 9 -- \"$@\"";

    /// Set inside, where they count the sandbox's processes only: no core files, open files, 2 GiB a file, processes.
    private static final String LIMITS = "ulimit -c 0; ulimit -n 4096; ulimit -f 2097152; ulimit -u 512; exec \"$@\"";

    private static final ExecutorService PERMANENT_THREAD = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("fettle-sandbox").factory());

    private final Path program;
    private final MinimalRoot root;
    private Path filter;
    private final NetworkGateway gateway;
    private final Guards guards;

    /// A sandbox.
    ///
    /// @param program bubblewrap, absolute
    /// @param gateway leads to the hosts that commands may talk to
    /// @param guards keep places in the workspace that are not there yet
    public Bubblewrap(Path program, VisibleFiles visible, NetworkGateway gateway, Guards guards) {
        this.program = program;
        this.gateway = gateway;
        this.guards = guards;
        this.root = new MinimalRoot(visible);
        this.filter = written();
    }

    /// Whoever tidies the temporary directory may take it away from a process that runs for weeks.
    private synchronized Path filter() {
        if (!Files.exists(filter)) {
            filter = written();
        }
        return filter;
    }

    private static Path written() {
        try {
            // Made by us alone and readable by us alone; commands see another /tmp.
            Path fresh = Files.createTempFile("fettle-filter-", ".bpf");
            Files.write(fresh, SeccompFilter.forCalls(SystemCalls.of(System.getProperty("os.arch"))));
            fresh.toFile().deleteOnExit();
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the system call filter into the temporary directory", e);
        }
    }

    @Override
    public String name() {
        return "bubblewrap";
    }

    @Override
    public Started start(Launch launch) throws IOException {
        if (launch.confinement().mode() != Confinement.Mode.WORKSPACE_WRITE) {
            return new Started(process(launch));
        }
        Guards.Held held = guards.hold(launch.workspace(), ProtectedPaths.PROJECT);
        try {
            Process process = process(launch);
            return new Started(process, () -> {
                held.close();
                return List.of();
            });
        } catch (IOException e) {
            held.close();
            throw e;
        }
    }

    private Process process(Launch launch) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh", "-c", LAUNCHER, "sh", program.toString(), filter().toString(), "bash", "-c")
                .directory(launch.directory().toFile())
                .redirectErrorStream(true);
        builder.command().addAll(inside(launch));
        builder.environment().clear();
        builder.environment().putAll(environment(launch));
        byte[] options = String.join("\0", options(launch)).getBytes(StandardCharsets.UTF_8);
        Process process = onPermanentThread(builder);
        try (OutputStream input = process.getOutputStream()) {
            input.write(options);
            input.write(0);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException("bubblewrap did not take its options: " + e.getMessage(), e);
        }
        return process;
    }

    /// The way out comes before the limits, which are for the command.
    private List<String> inside(Launch launch) throws IOException {
        List<String> words = new ArrayList<>();
        if (launch.confinement().network() instanceof Confinement.Network.Allow allow) {
            words.addAll(List.of(
                    NetworkGateway.SCRIPT + LIMITS,
                    "limits",
                    gateway.socket(allow.hosts()).toString()));
        } else {
            words.addAll(List.of(LIMITS, "limits"));
        }
        words.addAll(launch.command());
        return words;
    }

    private static Process onPermanentThread(ProcessBuilder builder) throws IOException {
        try {
            return PERMANENT_THREAD.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted before the command started", e);
        }
    }

    private static Map<String, String> environment(Launch launch) {
        Map<String, String> environment = new HashMap<>(launch.environment());
        if (launch.confinement().network() instanceof Confinement.Network.Allow) {
            environment.putAll(NetworkGateway.ENVIRONMENT);
        }
        if (launch.confinement().mode() != Confinement.Mode.FULL) {
            environment.put("HOME", MinimalRoot.AGENT_HOME);
            environment.put("TMPDIR", "/tmp");
        }
        return environment;
    }

    private List<String> options(Launch launch) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "--unshare-user",
                "--unshare-pid",
                "--unshare-ipc",
                "--unshare-uts",
                "--unshare-cgroup-try",
                "--disable-userns",
                "--die-with-parent",
                "--new-session",
                "--cap-drop",
                "ALL",
                "--hostname",
                "sandbox"));
        switch (launch.confinement().network()) {
            case Confinement.Network.Off _, Confinement.Network.Allow _ -> options.add("--unshare-net");
            case Confinement.Network.On _ -> {}
        }
        String workspace = launch.workspace().toString();
        switch (launch.confinement().mode()) {
            case READ_ONLY -> {
                options.addAll(root.options());
                options.addAll(List.of("--ro-bind", workspace, workspace));
            }
            case WORKSPACE_WRITE -> {
                options.addAll(root.options());
                options.addAll(List.of("--bind", workspace, workspace));
                ProtectedPaths paths = ProtectedPaths.of(launch.workspace());
                paths.repositories().forEach(git -> options.addAll(List.of("--bind", git.toString(), git.toString())));
                paths.fixed().forEach(each -> options.addAll(List.of("--ro-bind", each.toString(), each.toString())));
            }
            case FULL -> options.addAll(List.of("--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--proc", "/proc"));
        }
        if (launch.confinement().mode() != Confinement.Mode.FULL) {
            options.addAll(List.of("--remount-ro", "/"));
        }
        if (launch.confinement().mode() != Confinement.Mode.FULL
                && launch.confinement().network() instanceof Confinement.Network.Allow allow) {
            String socket = gateway.socket(allow.hosts()).toString();
            options.addAll(List.of("--bind", socket, socket));
        }
        options.addAll(List.of("--chdir", launch.directory().toString()));
        return options;
    }
}
