package dev.fettle.cli.workflow;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.workflow.Workflow;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Parameters(index = "0", paramLabel = "PATH", description = "The file or directory.")
    private String path = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "WORDS", description = "What to look at in particular.")
    private List<String> words = List.of();

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
        String prompt = Subject.of(host, flags, path).prompt("Write tests for `%s`.", words);
        return Order.exitCode(order.carryOut(host, console, flags, Workflow.TEST, prompt));
    }
}
