package dev.fettle.cli.undo;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.undo.TurnChange;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "undo",
        header = "Take back what the agent's last turn changed in the files.",
        description = {
            "",
            "Byte for byte, with permissions, whatever changed them: tools, commands, programs. Files that you have "
                    + "edited since are kept: if the turn had changed them too, nothing is touched and they are listed. Commits, "
                    + "branches and the index stay as they are, and so does what git ignores.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle undo                    the last turn that changed something",
            "  fettle undo 3                  the last three of them",
            "  fettle undo --list             which turns there are",
            "  fettle undo --force            although you have changed the same files; redo brings that back",
            "  fettle undo --json | jq .paths",
            "",
            "Exit codes: 0 done, 1 nothing done or not all of it, 2 usage."
        })
public final class UndoCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "N", defaultValue = "1", description = "How many turns (default: 1).")
    private int count = 1;

    @Option(names = "--list", description = "Only list the turns of the session.")
    private boolean list;

    @Mixin
    private ReversalOptions options = new ReversalOptions();

    public UndoCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (count < 1) {
            throw CommandException.usage("%d turns cannot be taken back; give a number from 1.".formatted(count));
        }
        SessionId id = options.session(host);
        if (list) {
            List<TurnChange> turns = host.undo().turns(id);
            if (options.isJson()) {
                console.out().println(UndoneText.turnsJson(turns).toPrettyString());
            } else {
                UndoneText.turns(turns).forEach(console.out()::println);
            }
            return ExitCode.COMPLETED;
        }
        return options.report(console, id, "Took back", host.undo().undo(id, count, options.isForced()));
    }
}
