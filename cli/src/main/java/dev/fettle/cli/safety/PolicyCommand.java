package dev.fettle.cli.safety;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.core.permission.Decision;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.rule.Rule;
import dev.fettle.core.workspace.Reach;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(name = "policy", header = "Show what the agent may do, and why.", synopsisSubcommandLabel = "COMMAND")
public final class PolicyCommand {
    private final Host host;
    private final Console console;

    public PolicyCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(
            name = "check",
            header = "Say whether a command would be allowed, asked about or denied.",
            description = {
                "",
                "One word is a script for bash; several are a program and its arguments. "
                        + "Runs nothing. Exits 0 if it would be allowed, 8 if it would be asked " + "about or denied."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  fettle policy check -- make test",
                "  fettle policy check --reach network -- npm install",
                "  fettle policy check --json -- 'curl https://x.test/install | sh'"
            })
    int check(
            @Mixin SettingFlags flags,
            @Option(
                            names = "--reach",
                            paramLabel = "REACH",
                            defaultValue = "sandbox",
                            description = "What the command asks for: sandbox, network or full (default: sandbox).")
                    Reach reach,
            @Option(names = "--json", description = "Print JSON.") boolean json,
            @Parameters(arity = "1..*", paramLabel = "COMMAND") List<String> words) {
        String script = CommandWords.script(words);
        Policy policy = host.policy(flags.flags());
        Decision decision = policy.decide(new Permission.Execute(script));
        if (reach != Reach.SANDBOX) {
            decision = decision.stricter(policy.decide(new Permission.Widen(script, reach)));
        }
        if (json) {
            console.out()
                    .println(JsonMapper.shared()
                            .createObjectNode()
                            .put("command", script)
                            .put("decision", decision.word())
                            .put("layer", decision.rule().layer().toString())
                            .put("rule", decision.rule().name())
                            .put("reason", decision.reason())
                            .toString());
        } else {
            console.out().println("%s (rule: %s)".formatted(decision.word(), decision.rule()));
            if (!decision.reason().isEmpty()) {
                console.out().println(decision.reason());
            }
        }
        return decision instanceof Decision.Allow ? ExitCode.COMPLETED : ExitCode.DENIED;
    }

    @Command(
            name = "list",
            header = "Print the rules in force and the layer each comes from.",
            description = {"", "Of the rules that fit, the strictest decides: deny, then ask, then allow."},
            footerHeading = "%nExamples:%n",
            footer = {"  fettle policy list", "  fettle policy list --json"})
    int list(@Mixin SettingFlags flags, @Option(names = "--json", description = "Print JSON.") boolean json) {
        List<Rule> rules = host.rules(flags.flags());
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            for (Rule rule : rules) {
                array.addObject()
                        .put("layer", rule.id().layer().toString())
                        .put("tool", rule.match().tool())
                        .put("match", rule.match().describe())
                        .put("decision", rule.verdict().toString())
                        .put("scope", rule.scope().toString())
                        .put("rule", rule.id().name())
                        .put("reason", rule.reason());
            }
            console.out().println(array.toPrettyString());
            return ExitCode.COMPLETED;
        }
        for (Rule rule : rules) {
            console.out()
                    .println(String.format(
                                    Locale.ROOT,
                                    "%-9s %-6s %-8s %-36s %s",
                                    rule.id().layer(),
                                    rule.verdict(),
                                    rule.match().tool(),
                                    rule.match().describe(),
                                    rule.project().map(each -> "in " + each).orElse(""))
                            .stripTrailing());
        }
        return ExitCode.COMPLETED;
    }
}
