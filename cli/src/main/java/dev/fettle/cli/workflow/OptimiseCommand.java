package dev.fettle.cli.workflow;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.workflow.Workflow;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Code that does the same with less.
@Command(
        name = "optimise",
        header = "Make working code faster or smaller, without changing what it does.",
        description = {"", "Looks for what costs most, changes that, and runs the tests before and after.", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle optimise src/parser.py",
            "  fettle optimise --max-cost 0.50 src/main/java/shop memory use",
            "",
            "Exit codes: as for fettle run; 1 if the result still fails its checks after the rounds of repair."
        })
public final class OptimiseCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Parameters(index = "0", paramLabel = "PATH", description = "The file or directory.")
    private String path = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "WORDS", description = "What to look at in particular.")
    private List<String> words = List.of();

    @Mixin
    private Order order = new Order();

    /// The command, for the program around it.
    public OptimiseCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        Host.Flags flags = order.flags();
        String prompt = Subject.of(host, flags, path).prompt("Optimise `%s`.", words);
        return Order.exitCode(order.carryOut(host, console, flags, Workflow.OPTIMISE, prompt));
    }
}
