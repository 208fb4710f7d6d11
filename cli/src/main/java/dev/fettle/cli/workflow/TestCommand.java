package dev.fettle.cli.workflow;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.workflow.Workflow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Tests for code that is there.
@Command(
        name = "test",
        header = "Write tests for a file or directory, and run them.",
        description = {
            "",
            "Uses the test framework of the project. The tested code is not changed; mistakes in it are reported.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle test src/parser.py",
            "  fettle test --json src/main/java/shop/Cart.java rounding | jq .data.mistakes",
            "",
            "Exit codes: as for fettle run; 1 if the result still fails its checks after the rounds of repair."
        })
public final class TestCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Mixin
    private Subject subject = new Subject();

    @Mixin
    private Order order = new Order();

    /// The command, for the program around it.
    public TestCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        Host.Flags flags = order.flags();
        String prompt = subject.prompt(host, flags, "Write tests for `%s`.");
        return Order.exitCode(order.carryOut(host, console, flags, Workflow.TEST, prompt));
    }
}
