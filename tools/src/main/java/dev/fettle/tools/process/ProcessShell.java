package dev.fettle.tools.process;

import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs commands as processes of this machine, in a session of their own, and leaves none behind.
///
/// It keeps a command's output small and its leftovers short-lived; it does not confine what a command can
/// reach.
public final class ProcessShell implements Shell {
    /// How long output may take to end once all that could write it has been killed.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Path directory;
    private final Map<String, String> environment;
    private final Path spoolDirectory;
    private final List<String> launcher;

    /// A shell in a directory.
    ///
    /// @param environment exactly what commands get; see [#allowedEnvironment]
    /// @param spoolDirectory where output too long to show is kept; created when first needed
    public ProcessShell(Path directory, Map<String, String> environment, Path spoolDirectory) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.spoolDirectory = spoolDirectory;
        this.launcher = launcher(environment.getOrDefault("PATH", "/usr/bin:/bin"));
    }

    /// The part of an environment that commands may see: what builds need, and nothing that could be a secret;
    /// with settings that keep programs from waiting for a person.
    public static Map<String, String> allowedEnvironment(Map<String, String> full) {
        return AllowedEnvironment.of(full);
    }

    private static List<String> launcher(String searchPath) {
        List<String> words = new ArrayList<>();
        program("setsid", searchPath).ifPresent(words::add);
        words.add(program("bash", searchPath).orElse("bash"));
        words.addAll(List.of("-c", "--"));
        return words;
    }

    private static Optional<String> program(String name, String searchPath) {
        return Arrays.stream(searchPath.split(File.pathSeparator, -1))
                .filter(place -> place.startsWith("/") && place.indexOf('\0') < 0)
                .map(place -> Path.of(place, name))
                .filter(candidate -> Files.isExecutable(candidate) && !Files.isDirectory(candidate))
                .map(Path::toString)
                .findFirst();
    }

    @Override
    public Result run(Command command, Consumer<String> live) throws InterruptedException {
        long begun = System.nanoTime();
        ProcessFamily family = ProcessFamily.starting();
        Process bash = start(command.script(), family);
        OutputCapture output = new OutputCapture(new Spool(spoolDirectory), live);
        Thread reader =
                Thread.ofPlatform().daemon().name("fettle-output").start(() -> output.drain(bash.getInputStream()));
        boolean exited;
        try {
            exited = bash.waitFor(command.timeout());
        } finally {
            family.end(bash);
        }
        reader.join(PATIENCE);
        End end = exited ? new End.Exited(bash.exitValue()) : new End.TimedOut(command.timeout());
        OutputCapture.Shown shown = output.close();
        return new Result(end, shown.text(), shown.fullOutput(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private Process start(String script, ProcessFamily family) {
        List<String> words = new ArrayList<>(launcher);
        words.add(family.marked(script));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(family.mark());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new WorkspaceException(
                    WorkspaceException.Kind.IO,
                    "Cannot run the command: %s. Is bash installed, and is the command under 128 KB? If it is longer, write it to a file and run that."
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
