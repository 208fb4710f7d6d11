package dev.fettle.cli.runs;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "worker",
        header = "Carry out queued runs until stopped.",
        description = {
            "",
            "Any number of workers share a database, on any number of machines. SIGTERM or Ctrl-C hands the runs under "
                    + "way over to another worker at the end of their step; a worker that dies is replaced within its lease.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle worker                                       with the database of this machine",
            "  DATABASE_URL=postgresql://fettle@db/fettle fettle worker",
            "  WORKER_RUNS=8 WORKER_LEASE=30s fettle worker"
        })
public final class WorkerCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Mixin
    private SettingFlags settings = new SettingFlags();

    public WorkerCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return UntilStopped.run(host.worker(settings.flags()), console);
    }
}
