package dev.fettle.cli.safety;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(name = "secrets", header = "Find what must not reach a model.", synopsisSubcommandLabel = "COMMAND")
public final class SecretsCommand {
    private final Host host;
    private final Console console;

    public SecretsCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(
            name = "scan",
            header = "List what looks like a secret in a file or directory, masked.",
            description = {"", "Exits 0 if nothing was found, 1 otherwise."})
    int scan(
            @Option(names = "--json", description = "Print JSON.") boolean json,
            @Parameters(paramLabel = "PATH", defaultValue = ".", description = "Where to look (default: here).")
                    Path path) {
        List<Host.SecretRow> found = host.scanForSecrets(path);
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            for (Host.SecretRow row : found) {
                array.addObject()
                        .put("path", row.path())
                        .put("line", row.line())
                        .put("kind", row.kind())
                        .put("value", row.masked());
            }
            console.out().println(array.toPrettyString());
        } else {
            found.forEach(row ->
                    console.out().println("%s:%d: %s %s".formatted(row.path(), row.line(), row.kind(), row.masked())));
            console.err().println(found.isEmpty() ? "Nothing found." : "%d found.".formatted(found.size()));
        }
        return found.isEmpty() ? ExitCode.COMPLETED : ExitCode.FAILED;
    }
}
