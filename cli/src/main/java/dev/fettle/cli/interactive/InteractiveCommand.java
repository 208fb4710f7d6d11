package dev.fettle.cli.interactive;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SessionReference;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.interactive.command.CommandLines;
import dev.fettle.cli.interactive.talk.Sitting;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.text.Style;
import dev.fettle.cli.worktree.WorktreeOption;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Begins a sitting, of the kind that what is at the other end allows for.
@Command(
        name = "interactive",
        header = "Talk with the agent in this directory; also `fettle` alone.",
        description = {
            "",
            "Type what to do, /help for what else can be typed, exit to leave. What is typed while the agent works "
                    + "is heard before its next step. Through a pipe each line is a turn, and the answers are plain text.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle",
            "  fettle --continue",
            "  fettle --worktree=fix-cart",
            "  fettle interactive --model ollama/qwen3-coder",
            "  echo \"what does this project do?\" | fettle"
        })
public final class InteractiveCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;
    private final String terminalType;
    private final CommandLines.Runner runner;

    @ArgGroup
    private @Nullable Resumption resumption;

    @Mixin
    private SettingFlags settings = new SettingFlags();

    @Mixin
    private WorktreeOption worktree = new WorktreeOption();

    /// @param terminalType as `TERM` names it
    /// @param runner runs other commands
    public InteractiveCommand(Host host, Console console, String terminalType, CommandLines.Runner runner) {
        this.host = host;
        this.console = console;
        this.terminalType = terminalType;
        this.runner = runner;
    }

    private static final class Resumption {
        @Option(
                names = {"-c", "--continue"},
                description =
                        "Go on with the latest session of this directory, and with its turn if that has not ended.")
        private boolean latest;

        @Option(
                names = {"-r", "--resume"},
                paramLabel = "SESSION",
                description = "Go on with this session (an id, or its beginning).")
        private @Nullable String session;
    }

    @Override
    public Integer call() {
        Host.Flags flags = worktree.place(host, console, settings.flags());
        host.cleanUpDaily(flags);
        try {
            return isPlain() ? new PlainSitting(host, flags, console).sit(session(flags)) : atTerminal(flags);
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, List.of("The terminal cannot be used: " + e.getMessage()));
        }
    }

    private int atTerminal(Host.Flags flags) throws IOException {
        Optional<SessionId> session = session(flags);
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            return TerminalSitting.at(
                    new TerminalSitting.Place(
                            terminal, new Style(console.hasColor()), host, flags, runner, InstantSource.system()),
                    session);
        }
    }

    private boolean isPlain() {
        return !console.isInTerminal()
                || !console.isOutTerminal()
                || Set.of("", "dumb").contains(terminalType);
    }

    private Optional<SessionId> session(Host.Flags flags) {
        if (resumption == null) {
            return Optional.empty();
        }
        if (!resumption.latest && resumption.session != null) {
            return Optional.of(SessionReference.find(host.sessions(), resumption.session));
        }
        String workspace = Sitting.workspace(host, flags).toString();
        return Optional.of(host
                .sessions()
                .list(SessionFilter.ALL.of(Session.LOCAL_USER).in(workspace).most(1))
                .stream()
                .findFirst()
                .map(Session::id)
                .orElseThrow(() -> CommandException.usage(
                        "There is no session to continue in %s; leave out --continue to start one."
                                .formatted(workspace))));
    }
}
