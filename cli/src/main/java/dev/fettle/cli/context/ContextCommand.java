package dev.fettle.cli.context;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SessionReference;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.render.FleetingLine;
import dev.fettle.core.session.SessionId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "context", header = "Show what a model is told.", synopsisSubcommandLabel = "COMMAND")
public final class ContextCommand {
    private final Host host;
    private final Console console;

    public ContextCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(
            name = "show",
            header = "Print what a model would see when a turn begins, part by part.",
            description = {
                "",
                "Asks no model. The map and what is remembered depend on what the prompt is about. "
                        + "Tokens are estimated, rather too many than too few; secrets are masked. SESSION "
                        + "is an id, the beginning of one, or `latest`.",
                ""
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  fettle context show",
                "  fettle context show \"make Cart.total round\"",
                "  fettle context show --summary --session latest",
                "  fettle context show --json | jq '.parts[] | {part, tokens}'"
            })
    int show(
            @Mixin SettingFlags flags,
            @Option(names = "--session", paramLabel = "SESSION", description = "The next turn of this session.")
                    @Nullable
                    String session,
            @Option(names = "--summary", description = "Only how much each part takes.") boolean summary,
            @Option(names = "--json", description = "Print JSON.") boolean json,
            @Parameters(arity = "0..1", paramLabel = "PROMPT", defaultValue = "", description = "What would be asked.")
                    String prompt) {
        Optional<SessionId> of = Optional.ofNullable(session).map(each -> SessionReference.find(host.sessions(), each));
        List<Host.Seen> seen;
        try (FleetingLine live = new FleetingLine(console)) {
            seen = host.context(flags.flags(), of, prompt, live);
        }
        long all = seen.stream().mapToLong(Host.Seen::tokens).sum();
        if (json) {
            console.out().println(json(seen, all).toPrettyString());
        } else {
            seen.forEach(each -> print(each, summary));
            console.out().printf(Locale.ROOT, summary ? "%,9d  in all%n" : "=== in all: %,d tokens%n", all);
        }
        return ExitCode.COMPLETED;
    }

    private void print(Host.Seen part, boolean summary) {
        if (summary) {
            console.out().printf(Locale.ROOT, "%,9d  %s%n", part.tokens(), part.part());
        } else {
            String text = host.mask(part.text()).strip();
            console.out().printf(Locale.ROOT, "=== %s: %,d tokens%n%s%n%n", part.part(), part.tokens(), text);
        }
    }

    private ObjectNode json(List<Host.Seen> seen, long all) {
        ObjectNode json = JsonMapper.shared().createObjectNode().put("tokens", all);
        ArrayNode parts = json.putArray("parts");
        for (Host.Seen each : seen) {
            parts.addObject()
                    .put("part", each.part())
                    .put("tokens", each.tokens())
                    .put("text", host.mask(each.text()));
        }
        return json;
    }
}
