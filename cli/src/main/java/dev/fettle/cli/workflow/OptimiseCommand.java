package dev.fettle.cli.workflow;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.workflow.Workflow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private Subject subject = new Subject();

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
        String prompt = subject.prompt(host, flags, "Optimise `%s`.");
        return Order.exitCode(order.carryOut(host, console, flags, Workflow.OPTIMISE, prompt));
    }
}
