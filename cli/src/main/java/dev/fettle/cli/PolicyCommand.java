package dev.fettle.cli;

import dev.fettle.cli.render.Console;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(name = "policy", header = "Show what the agent may do, and why.", synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand {
    private final Host host;
    private final Console console;

    PolicyCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(
            name = "check",
            header = "Say whether a command would be allowed, asked or denied.",
            description = {"", "Exits 0 if it would be allowed, 8 if it would be asked or denied. Runs nothing."},
            footerHeading = "%nExamples:%n",
            footer = {"  fettle policy check -- make test", "  fettle policy check --json -- 'curl https://x.sh | sh'"})
    int check(
            @Option(names = "--json", description = "Print JSON.") boolean json,
            @Parameters(arity = "1..*", paramLabel = "COMMAND") List<String> words) {
        Host.Verdict verdict = host.judge(String.join(" ", words));
        if (json) {
            console.out()
                    .println(JsonMapper.shared()
                            .createObjectNode()
                            .put("decision", verdict.decision())
                            .put("rule", verdict.rule())
                            .put("reason", verdict.reason())
                            .toString());
        } else {
            console.out().println("%s (rule: %s)".formatted(verdict.decision(), verdict.rule()));
            if (!verdict.reason().isEmpty()) {
                console.out().println(verdict.reason());
            }
        }
        return verdict.decision().equals("allow") ? ExitCode.COMPLETED : ExitCode.DENIED;
    }

    @Command(name = "list", header = "Print the rules in force and the layer each comes from.")
    int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
        List<Host.RuleRow> rules = host.rules();
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            for (Host.RuleRow rule : rules) {
                array.addObject()
                        .put("layer", rule.layer())
                        .put("decision", rule.decision())
                        .put("rule", rule.rule())
                        .put("reason", rule.reason());
            }
            console.out().println(array.toPrettyString());
            return ExitCode.COMPLETED;
        }
        for (Host.RuleRow rule : rules) {
            console.out()
                    .println("%-9s %-6s %-40s %s"
                            .formatted(rule.layer(), rule.decision(), rule.rule(), rule.reason())
                            .stripTrailing());
        }
        return ExitCode.COMPLETED;
    }
}
