package dev.fettle.cli.runs;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "scheduler",
        header = "Do the hourly clean-up and the daily report until stopped.",
        description = {
            "",
            "Workers do that as well; this is for who wants it in a process of its own. However many processes there "
                    + "are, each job is done once.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  DATABASE_URL=postgresql://fettle@db/fettle fettle scheduler"})
public final class SchedulerCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    public SchedulerCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return UntilStopped.run(host.scheduler(), console);
    }
}
