package dev.fettle.cli.runs;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        header = "Answer over HTTP until stopped.",
        description = {
            "",
            "The first start makes an administrator and prints its key, once. Runs are carried out in the same process "
                    + "unless --roles leaves that to `fettle worker`. SIGTERM or Ctrl-C lets nobody in any more, hands over the runs "
                    + "under way and ends.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle serve                            on http://127.0.0.1:8000",
            "  fettle serve --host 0.0.0.0 --port 80   for everybody who has a key",
            "  fettle serve --roles web                without carrying out runs",
            "  fettle serve --services memory,tools    these parts alone, behind a proxy that divides by path"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;

    private final Host host;
    private final Console console;

    @Option(names = "--port", paramLabel = "N", description = "Port (PORT; default: 8000); 0 for any free one.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}, for this machine only).")
    private String address = "127.0.0.1";

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            defaultValue = "web,worker",
            description = "What this process does: web, worker (default: both).")
    private List<String> roles = List.of();

    @Option(
            names = "--services",
            paramLabel = "NAME",
            split = ",",
            description = "What it serves: chat, memory, tools, admin (default: all). Health is always there.")
    private List<String> services = List.of();

    @Mixin
    private SettingFlags settings = new SettingFlags();

    public ServeCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!Set.of("web", "worker").containsAll(roles) || !roles.contains("web")) {
            throw CommandException.usage(
                    "The roles of a server are web, or web,worker, not `%s`; for the other there is `fettle worker`."
                            .formatted(String.join(",", roles)));
        }
        Optional<Integer> wanted = Optional.ofNullable(port);
        if (wanted.filter(each -> each < 0 || each > HIGHEST_PORT).isPresent()) {
            throw CommandException.usage("--port is a number from 0 to %d, not %d.".formatted(HIGHEST_PORT, port));
        }
        return UntilStopped.run(
                host.server(settings.flags(), new Host.Serving(address, wanted, roles.contains("worker"), services)),
                console);
    }
}
