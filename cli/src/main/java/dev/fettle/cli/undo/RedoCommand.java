package dev.fettle.cli.undo;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.session.SessionId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "redo",
        header = "Do again what was taken back last.",
        description = {"", "Until the agent begins another turn; after that what was taken back stays so.", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle redo",
            "  fettle undo 2 && fettle redo           both turns are there again",
            "",
            "Exit codes: 0 done, 1 nothing done or not all of it, 2 usage."
        })
public final class RedoCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Mixin
    private ReversalOptions options = new ReversalOptions();

    public RedoCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        SessionId id = options.session(host);
        return options.report(console, id, "Did again", host.undo().redo(id, options.isForced()));
    }
}
