package dev.fettle.cli.safety;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.WorkspaceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sandbox",
        header = "Try out the sandbox that the agent's commands run in.",
        synopsisSubcommandLabel = "COMMAND")
public final class SandboxCommand {
    private static final int TIMED_OUT = 124;
    private static final int KILLED = 137;

    private final Host host;
    private final Console console;

    public SandboxCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(
            name = "exec",
            header = "Run one command in exactly the agent's sandbox and pass on its exit code.",
            description = {
                "",
                "One word is a script for bash; several are a program and its arguments. "
                        + "Exit codes of its own: 124 timed out, 137 too much memory or too many processes, 2 it could not be started."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  fettle sandbox exec -- make test",
                "  fettle sandbox exec -- 'ls ~/.ssh; curl https://example.org'",
                "  fettle sandbox exec --mode read-only --network allow:repo.maven.apache.org -- mvn -q verify"
            })
    int exec(
            @Option(
                            names = "--mode",
                            paramLabel = "MODE",
                            description = "read-only, workspace-write, full, or none (AGENT_SANDBOX).")
                    @Nullable
                    String mode,
            @Option(names = "--network", paramLabel = "NET", description = "off, allow:HOST,… or on (AGENT_NETWORK).")
                    @Nullable
                    String network,
            @Option(names = "--cwd", paramLabel = "DIR", description = "Workspace (default: the current directory).")
                    @Nullable
                    Path directory,
            @Option(
                            names = "--timeout",
                            paramLabel = "S",
                            defaultValue = "120",
                            description = "Seconds (default: 120).")
                    int seconds,
            @Parameters(arity = "1..*", paramLabel = "COMMAND") List<String> words) {
        if (seconds < 1) {
            throw CommandException.usage("--timeout is %d; it has to be at least 1.".formatted(seconds));
        }
        Map<String, String> settings = new HashMap<>();
        put(settings, "AGENT_SANDBOX", mode);
        put(settings, "AGENT_NETWORK", network);
        put(settings, "WORK_DIR", directory == null ? null : directory.toString());
        Shell shell = host.shell(new Host.Flags(settings, Optional.empty()));
        try {
            Shell.Result result =
                    shell.run(new Shell.Command(CommandWords.script(words), Duration.ofSeconds(seconds)), _ -> {});
            console.out().print(result.output());
            console.out().flush();
            result.fullOutput().ifPresent(file -> console.err().println("All of the output: " + file));
            return exitCode(result.end());
        } catch (WorkspaceException e) {
            throw CommandException.usage(e.getMessage());
        } catch (InterruptedException e) {
            return ExitCode.CANCELLED;
        }
    }

    private int exitCode(Shell.End end) {
        return switch (end) {
            case Shell.End.Exited(int code) -> code;
            case Shell.End.TimedOut(Duration after) -> {
                console.err().println("Timed out after %d s; all it started was killed.".formatted(after.toSeconds()));
                yield TIMED_OUT;
            }
            case Shell.End.TooManyProcesses(int limit) -> {
                console.err().println("Killed: it had more than %d processes at once.".formatted(limit));
                yield KILLED;
            }
            case Shell.End.OutOfMemory(long limit) -> {
                console.err().println("Killed: it held more than %,d MB of memory.".formatted(limit / 1024 / 1024));
                yield KILLED;
            }
        };
    }

    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }
}
