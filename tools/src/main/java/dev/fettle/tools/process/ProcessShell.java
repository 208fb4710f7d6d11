package dev.fettle.tools.process;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs commands as processes of this machine, in a session of their own, and leaves none behind.
///
/// It keeps a command's output small and its leftovers short-lived; how far a command can reach is the affair of
/// its [Sandbox].
public final class ProcessShell implements Shell {
    /// How long output may take to end once all that could write it has been killed.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final long STANDARD_MEMORY_LIMIT = 4L * 1024 * 1024 * 1024;
    /// The kernel's own limit does not bind root, and counts what else the user runs where there is no sandbox.
    private static final int MOST_PROCESSES = 512;
    /// Linux takes no longer argument (`MAX_ARG_STRLEN`).
    private static final int LONGEST_SCRIPT = 128 * 1024 - 200;

    private final Path directory;
    private final Map<String, String> environment;
    private final OutputDirectory outputDirectory;
    private final Sandbox sandbox;
    private final Confinement confinement;
    private final long memoryLimit;

    /// A shell in a directory.
    ///
    /// @param environment exactly what commands get; see [#allowedEnvironment]
    /// @param confinement how far commands reach that ask for no more
    /// @param memoryLimit bytes that a command and all it starts may hold; more, and it is killed
    public ProcessShell(
            Path directory,
            Map<String, String> environment,
            OutputDirectory outputDirectory,
            Sandbox sandbox,
            Confinement confinement,
            long memoryLimit) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.outputDirectory = outputDirectory;
        this.sandbox = sandbox;
        this.confinement = confinement;
        this.memoryLimit = memoryLimit;
    }

    /// A shell whose commands may hold 4 GiB of memory.
    public ProcessShell(
            Path directory,
            Map<String, String> environment,
            OutputDirectory outputDirectory,
            Sandbox sandbox,
            Confinement confinement) {
        this(directory, environment, outputDirectory, sandbox, confinement, STANDARD_MEMORY_LIMIT);
    }

    /// A shell that confines nothing.
    public ProcessShell(Path directory, Map<String, String> environment, Path outputDirectory) {
        this(directory, environment, new OutputDirectory(outputDirectory), new Unconfined(), Confinement.DEFAULT);
    }

    /// The part of an environment that commands may see: what builds need, and nothing that could be a secret;
    /// with settings that keep programs from waiting for a person.
    public static Map<String, String> allowedEnvironment(Map<String, String> full) {
        return AllowedEnvironment.of(full);
    }

    @Override
    public Result run(Command command, Consumer<String> live) throws InterruptedException {
        long begun = System.nanoTime();
        ProcessFamily family = ProcessFamily.starting();
        Sandbox.Started started = start(command, family);
        Process bash = started.process();
        RunningOutput running = new RunningOutput(outputDirectory, command.script());
        OutputCapture output = new OutputCapture(new Spool(outputDirectory), live.andThen(running::append));
        Thread reader =
                Thread.ofPlatform().daemon().name("fettle-output").start(() -> output.drain(bash.getInputStream()));
        Optional<End> stopped;
        List<String> putRight;
        try {
            stopped = await(bash, command.timeout(), running);
        } finally {
            family.end(bash);
            putRight = aftermath(started);
            running.close();
        }
        reader.join(PATIENCE);
        putRight.forEach(each -> output.add("[%s]%n".formatted(each)));
        End end = stopped.orElseGet(() -> new End.Exited(bash.exitValue()));
        OutputCapture.Shown shown = output.close();
        return new Result(end, shown.text(), shown.fullOutput(), Duration.ofNanos(System.nanoTime() - begun));
    }

    @Override
    public Optional<String> lastWords(String script) {
        return RunningOutput.left(outputDirectory, script);
    }

    /// Why the command has to be stopped; empty if it ended by itself.
    private Optional<End> await(Process bash, Duration timeout, RunningOutput running) throws InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        while (!bash.waitFor(LOOK_EVERY)) {
            running.keep();
            if (System.nanoTime() >= until) {
                return Optional.of(new End.TimedOut(timeout));
            }
            ResourceUse use = ResourceUse.of(bash);
            if (use.bytes() > memoryLimit) {
                return Optional.of(new End.OutOfMemory(memoryLimit));
            }
            if (use.processes() > MOST_PROCESSES) {
                return Optional.of(new End.TooManyProcesses(MOST_PROCESSES));
            }
        }
        return Optional.empty();
    }

    private static List<String> aftermath(Sandbox.Started started) {
        try {
            return started.aftermath().run();
        } catch (IOException e) {
            return List.of("What the sandbox left behind cannot be put right: " + e.getMessage());
        }
    }

    private Sandbox.Started start(Command command, ProcessFamily family) {
        Map<String, String> marked = new HashMap<>(environment);
        marked.putAll(family.mark());
        try {
            return sandbox.start(new Sandbox.Launch(
                    List.of("bash", "-c", "--", family.marked(command.script())),
                    directory,
                    directory,
                    marked,
                    confinement.widened(command.reach())));
        } catch (IOException e) {
            if (!Files.isDirectory(directory)) {
                throw WorkspaceException.gone(directory);
            }
            throw new WorkspaceException(
                    WorkspaceException.Kind.IO,
                    "Cannot run the command: %s%s"
                            .formatted(
                                    e.getMessage(),
                                    command.script().length() > LONGEST_SCRIPT
                                            ? ". It is too long for a command line: write it to a file and run that."
                                            : ""),
                    e);
        }
    }
}
