package dev.fettle.cli;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.render.Progress;
import dev.fettle.cli.render.Summary;
import dev.fettle.cli.text.Style;
import dev.fettle.cli.turn.Foreground;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "demo",
        header = "Watch the agent mend a small project; needs no key.",
        description = {
            "",
            "Runs the real loop on a copy of a bundled project with a failing test. The model's answers are recorded; "
                    + "reading, searching, editing and running the test are real."
        })
final class DemoCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    DemoCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        Host.Demo demo = host.demo(Approver.YES);
        Style style = console.style();
        console.err().println(style.bold("Fettle demo") + " in " + demo.directory());
        console.err()
                .println(style.dim("The model's answers come from a recording, tokens included; "
                        + "everything else is real and happens now."));
        console.err().println();
        console.err().println(style.bold("> " + demo.prompt()));
        TurnRequest request = new TurnRequest(new TurnRequest.Target.NewSession(), demo.prompt(), List.of());
        TurnResult result = Foreground.run(() -> demo.agent().run(request, new Progress(console)), this::report);
        console.err().println(style.dim("The project is yours to look at: " + demo.directory()));
        return ExitCode.of(result.outcome().status());
    }

    private void report(TurnResult result) {
        if (!console.isOutTerminal()) {
            console.out().println(result.text());
            console.out().flush();
        }
        console.err().println();
        console.err().println(Summary.line(result, console.style()));
    }
}
