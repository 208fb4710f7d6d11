package dev.fettle.cli;

import dev.fettle.cli.admin.AdminCommand;
import dev.fettle.cli.context.ContextCommand;
import dev.fettle.cli.context.MemoryCommand;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.interactive.InteractiveCommand;
import dev.fettle.cli.manual.CompletionCommand;
import dev.fettle.cli.manual.ManCommand;
import dev.fettle.cli.models.ModelsCommand;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.replay.TestPromptsCommand;
import dev.fettle.cli.runs.RunsCommand;
import dev.fettle.cli.runs.SchedulerCommand;
import dev.fettle.cli.runs.ServeCommand;
import dev.fettle.cli.runs.WorkerCommand;
import dev.fettle.cli.safety.PolicyCommand;
import dev.fettle.cli.safety.SandboxCommand;
import dev.fettle.cli.safety.SecretsCommand;
import dev.fettle.cli.safety.TrustCommand;
import dev.fettle.cli.undo.DiffCommand;
import dev.fettle.cli.undo.RedoCommand;
import dev.fettle.cli.undo.RewindCommand;
import dev.fettle.cli.undo.UndoCommand;
import dev.fettle.cli.usage.UsageCommand;
import dev.fettle.cli.workflow.GenerateCommand;
import dev.fettle.cli.workflow.OptimiseCommand;
import dev.fettle.cli.workflow.ReviewCommand;
import dev.fettle.cli.workflow.TestCommand;
import dev.fettle.cli.worktree.WorktreeCommand;
import dev.fettle.core.run.RunException;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.usage.LedgerException;
import dev.fettle.core.user.UserException;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command line as a whole: parses it, runs the command, and turns whatever goes wrong into a sentence and an exit
/// code.
@Command(
        name = "fettle",
        header = "A coding agent that works in your own repository.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle demo                              see it work, without a key",
            "  fettle doctor                            see what is configured and what is missing",
            "  fettle                                   talk with it here",
            "  fettle run \"fix the failing test\"        let it do one task"
        })
public final class FettleCommand {
    /// Columns; picocli takes no less.
    private static final int NARROWEST_HELP = 55;

    /// Longer lines are hard to read.
    private static final int WIDEST_HELP = 110;

    private final Host host;
    private final Console console;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces of failures (AGENT_DEBUG).")
    private boolean debug;

    private FettleCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    /// Runs one command line and returns the exit code.
    public static int execute(Host host, Console console, String... given) {
        FettleCommand root = new FettleCommand(host, console);
        CommandLine line = new CommandLine(root);
        String[] arguments = isCommandNamed(given)
                ? given
                : Stream.concat(Stream.of("interactive"), Stream.of(given)).toArray(String[]::new);
        named(arguments, commands(host, console)).forEach((name, command) -> line.addSubcommand(name, command.get()));
        line.getCommandSpec().version("fettle " + host.version());
        line.setOut(new PrintWriter(console.out(), true, console.out().charset()));
        line.setErr(new PrintWriter(console.err(), true, console.err().charset()));
        line.setUsageHelpWidth(Math.clamp(console.columns(), NARROWEST_HELP, WIDEST_HELP));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.hasColor() && console.isOutTerminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler((exception, _, _) -> root.failed(exception));
        return line.execute(arguments);
    }

    /// Every command, in the order of the help.
    private static SequencedMap<String, Supplier<Object>> commands(Host host, Console console) {
        SequencedMap<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("interactive", () -> interactive(host, console));
        commands.put("run", () -> new RunCommand(host, console));
        commands.put("understand", () -> new UnderstandCommand(host, console));
        commands.put("debug", () -> new DebugCommand(host, console));
        commands.put("generate", () -> new GenerateCommand(host, console));
        commands.put("optimise", () -> new OptimiseCommand(host, console));
        commands.put("test", () -> new TestCommand(host, console));
        commands.put("review", () -> new ReviewCommand(host, console));
        commands.put("context", () -> new ContextCommand(host, console));
        commands.put("memory", () -> new MemoryCommand(host, console));
        commands.put("runs", () -> new RunsCommand(host, console));
        commands.put("serve", () -> new ServeCommand(host, console));
        commands.put("worker", () -> new WorkerCommand(host, console));
        commands.put("scheduler", () -> new SchedulerCommand(host, console));
        commands.put("admin", () -> AdminCommand.with(host, console));
        commands.put("demo", () -> new DemoCommand(host, console));
        commands.put("undo", () -> new UndoCommand(host, console));
        commands.put("redo", () -> new RedoCommand(host, console));
        commands.put("diff", () -> new DiffCommand(host, console));
        commands.put("rewind", () -> new RewindCommand(host, console));
        commands.put("worktree", () -> new WorktreeCommand(host, console));
        commands.put("sessions", () -> new SessionsCommand(host, console));
        commands.put("models", () -> new ModelsCommand(host, console));
        commands.put("usage", () -> new UsageCommand(host, console));
        commands.put("test-prompts", () -> new TestPromptsCommand(host, console));
        commands.put("config", () -> new ConfigCommand(host, console));
        commands.put("doctor", () -> new DoctorCommand(host, console));
        commands.put("sandbox", () -> new SandboxCommand(host, console));
        commands.put("policy", () -> new PolicyCommand(host, console));
        commands.put("secrets", () -> new SecretsCommand(host, console));
        commands.put("trust", () -> new TrustCommand(host, console));
        commands.put("completion", () -> new CompletionCommand(console));
        commands.put("man", () -> new ManCommand(console));
        commands.put("help", CommandLine.HelpCommand::new);
        return commands;
    }

    /// The one command that a line begins with, for describing a command means reflecting on all its options; all if
    /// it begins otherwise, or with one that speaks of the others.
    private static Map<String, Supplier<Object>> named(
            String[] arguments, SequencedMap<String, Supplier<Object>> commands) {
        String first = arguments.length == 0 ? "" : arguments[0];
        return switch (first) {
            case "completion", "man", "help" -> commands;
            default ->
                commands.containsKey(first) ? Map.of(first, Objects.requireNonNull(commands.get(first))) : commands;
        };
    }

    /// Without a command's name, but with its options at most, one wants to talk.
    private static boolean isCommandNamed(String... arguments) {
        return arguments.length > 0
                && (!arguments[0].startsWith("-")
                        || Stream.of(arguments).anyMatch(Set.of("-h", "--help", "-V", "--version")::contains));
    }

    private static InteractiveCommand interactive(Host host, Console console) {
        return new InteractiveCommand(
                host,
                console,
                System.getenv().getOrDefault("TERM", ""),
                (page, arguments) -> execute(host, page, arguments));
    }

    private int failed(Exception exception) {
        return switch (exception) {
            case CommandException command -> report(command.exitCode(), command.messages(), command);
            case RunException run -> report(ExitCode.FAILED, List.of(run.getMessage()), run);
            case SessionException session -> report(ExitCode.FAILED, List.of(session.getMessage()), session);
            case UserException user -> report(ExitCode.USAGE, List.of(user.getMessage()), user);
            case WorkspaceException workspace -> report(ExitCode.FAILED, List.of(workspace.getMessage()), workspace);
            case SnapshotException snapshot -> report(ExitCode.FAILED, List.of(snapshot.getMessage()), snapshot);
            case LedgerException ledger -> report(ExitCode.FAILED, List.of(ledger.getMessage()), ledger);
            default ->
                report(
                        ExitCode.FAILED,
                        List.of("This should not have happened: %s. Please report it with the output of --debug."
                                .formatted(host.mask(exception.toString()))),
                        exception);
        };
    }

    private int report(int exitCode, List<String> messages, Exception exception) {
        messages.forEach(message -> console.err().println(console.style().red("fettle: ") + message));
        if (debug || host.isDebug()) {
            StringWriter stack = new StringWriter();
            exception.printStackTrace(new PrintWriter(stack));
            console.err().print(host.mask(stack.toString()));
        }
        return exitCode;
    }
}
