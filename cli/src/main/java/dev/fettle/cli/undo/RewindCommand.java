package dev.fettle.cli.undo;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.undo.Undone;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "rewind",
        header = "Go back to before a turn: the files, and what was said.",
        description = {
            "",
            "Takes back that turn and all later ones, and makes a session that goes on from there. The old one stays.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle undo --list                      which turns there are",
            "  fettle rewind 3 && fettle run --continue \"use a map instead\"",
            "",
            "Exit codes: 0 done, 1 nothing done or not all of it, 2 usage."
        })
public final class RewindCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Parameters(paramLabel = "TURN", description = "The number of the first turn that is not to have been.")
    private int turn;

    @Mixin
    private ReversalOptions options = new ReversalOptions();

    public RewindCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        SessionId id = options.session(host);
        Undone undone = host.undo().rewind(id, turn, options.isForced());
        int code = options.report(console, id, "Took back", undone);
        if (!options.isJson() && undone instanceof Undone.Done done) {
            done.fork().ifPresent(fork -> console.err().println("Go on with: fettle run --resume %s".formatted(fork)));
        }
        return code;
    }
}
