package dev.fettle.cli;

import dev.fettle.cli.render.Console;
import dev.fettle.core.session.SessionException;
import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete;
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
            "  fettle run \"fix the failing test\"        let it work here"
        },
        subcommands = CommandLine.HelpCommand.class)
public final class FettleCommand {
    private final Host host;
    private final Console console;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces of failures (AGENT_DEBUG).")
    private boolean debug;

    private FettleCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    /// Runs one command line and returns the exit code.
    public static int execute(Host host, Console console, String... arguments) {
        FettleCommand root = new FettleCommand(host, console);
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion
                .getCommandSpec()
                .usageMessage()
                .header("Print a completion script for bash and zsh: source <(fettle completion)");
        CommandLine line = new CommandLine(root)
                .addSubcommand(new RunCommand(host, console))
                .addSubcommand(new DemoCommand(host, console))
                .addSubcommand(new SessionsCommand(host, console))
                .addSubcommand(new ConfigCommand(host, console))
                .addSubcommand(new DoctorCommand(host, console))
                .addSubcommand("completion", completion);
        line.getCommandSpec().version("fettle " + host.version());
        line.setOut(new PrintWriter(console.out(), true, console.out().charset()));
        line.setErr(new PrintWriter(console.err(), true, console.err().charset()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.hasColor() && console.isOutTerminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler((exception, _, _) -> root.failed(exception));
        return line.execute(arguments);
    }

    private int failed(Exception exception) {
        return switch (exception) {
            case CommandException command -> report(command.exitCode(), command.messages(), command);
            case SessionException session -> report(ExitCode.FAILED, List.of(session.getMessage()), session);
            default ->
                report(
                        ExitCode.FAILED,
                        List.of("This should not have happened: %s. Please report it with the output of --debug."
                                .formatted(exception)),
                        exception);
        };
    }

    private int report(int exitCode, List<String> messages, Exception exception) {
        messages.forEach(message -> console.err().println(console.style().red("fettle: ") + message));
        if (debug || host.isDebug()) {
            exception.printStackTrace(console.err());
        }
        return exitCode;
    }
}
