package dev.fettle.cli;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.text.Style;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(name = "config", header = "Show how Fettle is configured.", synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {
    private final Host host;
    private final Console console;

    ConfigCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(
            name = "show",
            header = "Print every setting, its value and the layer it came from.",
            description = {
                "",
                "Layers, later ones win: default, environment file, per-environment file, .env, environment, flag. "
                        + "Secrets are masked."
            })
    int show(@Mixin SettingFlags settings, @Option(names = "--json", description = "Print JSON.") boolean json) {
        List<Host.SettingRow> rows = host.settings(settings.flags());
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            for (Host.SettingRow row : rows) {
                array.addObject()
                        .put("name", row.name())
                        .put("value", row.value())
                        .put("layer", row.layer())
                        .put("description", row.description());
            }
            console.out().println(array.toPrettyString());
            return ExitCode.COMPLETED;
        }
        Style style = console.outStyle();
        for (Host.SettingRow row : rows) {
            String value = row.value().isEmpty() ? "-" : row.value();
            console.out()
                    .println(style.bold("%-22s".formatted(row.name()))
                            + " %-36s ".formatted(value)
                            + style.dim("%-20s %s".formatted(row.layer(), row.description())));
        }
        return ExitCode.COMPLETED;
    }
}
