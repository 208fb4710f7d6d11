package dev.fettle.cli.context;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.text.Printable;
import dev.fettle.core.memory.Fact;
import dev.fettle.core.memory.Memory;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "memory",
        header = "List, find and change what is remembered.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "",
            "What is remembered is told to agents whose task has to do with it; see AGENT_MEMORY. A fact is about "
                    + "the project one works in, unless it holds everywhere. ID may be the beginning of one.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle memory add \"Deployments need a signed tag.\"",
            "  fettle memory add --everywhere \"Answer in British English.\"",
            "  fettle memory search deployments",
            "  fettle memory edit fact_0198 \"Deployments need two signatures.\"",
            "  fettle memory list --json | jq -r '.[].text'"
        })
public final class MemoryCommand {
    private static final String ID = "ID";

    private final Host host;
    private final Console console;

    public MemoryCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(name = "list", header = "List facts, those changed last first.")
    int list(
            @Mixin SettingFlags flags,
            @Option(names = "--here", description = "Only those of this project.") boolean here,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        Host.Facts facts = host.memory(flags.flags());
        return print(
                all(facts).stream()
                        .filter(fact ->
                                !here || fact.project().equals(facts.here().project()))
                        .toList(),
                json);
    }

    @Command(name = "add", header = "Remember a fact; prints its id.")
    int add(
            @Mixin SettingFlags flags,
            @Option(names = "--everywhere", description = "It holds for all projects.") boolean everywhere,
            @Parameters(paramLabel = "TEXT", description = "The fact, in a sentence or two.") String text) {
        Host.Facts facts = host.memory(flags.flags());
        Memory.Scope scope = everywhere ? Memory.Scope.everywhere(facts.here().user()) : facts.here();
        Fact fact = sound(() -> facts.memory().remember(scope, withoutSecrets(text)));
        console.out().println(fact.id());
        return ExitCode.COMPLETED;
    }

    @Command(name = "search", header = "Find facts of this project and of all by their words, the most relevant first.")
    int search(
            @Mixin SettingFlags flags,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most N (default: 20).")
                    int limit,
            @Option(names = "--json", description = "Print JSON.") boolean json,
            @Parameters(arity = "1..*", paramLabel = "WORD") List<String> words) {
        Host.Facts facts = host.memory(flags.flags());
        return print(sound(() -> facts.memory().search(facts.here(), String.join(" ", words), limit)), json);
    }

    @Command(name = "edit", header = "Put another text in a fact's place.")
    int edit(
            @Mixin SettingFlags flags,
            @Parameters(paramLabel = ID) String id,
            @Parameters(paramLabel = "TEXT") String text) {
        Host.Facts facts = host.memory(flags.flags());
        Fact fact = find(facts, id);
        sound(() -> facts.memory().edit(facts.here().user(), fact.id(), withoutSecrets(text)));
        return ExitCode.COMPLETED;
    }

    @Command(name = "forget", header = "Remove facts for good.")
    int forget(@Mixin SettingFlags flags, @Parameters(arity = "1..*", paramLabel = ID) List<String> ids) {
        Host.Facts facts = host.memory(flags.flags());
        for (Fact fact : ids.stream().map(id -> find(facts, id)).toList()) {
            facts.memory().forget(facts.here().user(), fact.id());
            console.err().println("Forgot " + fact.id());
        }
        return ExitCode.COMPLETED;
    }

    @Command(name = "stats", header = "Show how much is remembered.")
    int stats(@Mixin SettingFlags flags, @Option(names = "--json", description = "Print JSON.") boolean json) {
        Host.Facts facts = host.memory(flags.flags());
        Memory.Statistics statistics = facts.memory().statistics(facts.here().user());
        String changed = statistics.changedAt().map(Instant::toString).orElse(null);
        if (json) {
            ObjectNode node = JsonMapper.shared()
                    .createObjectNode()
                    .put("facts", statistics.facts())
                    .put("characters", statistics.characters())
                    .put("projects", statistics.projects())
                    .put("changed_at", changed);
            console.out().println(node.toPrettyString());
        } else {
            console.out()
                    .println("%,d fact(s) of %,d project(s) and all, %,d characters%s"
                            .formatted(
                                    statistics.facts(),
                                    statistics.projects(),
                                    statistics.characters(),
                                    changed == null ? "" : "; the last was changed at " + changed));
        }
        return ExitCode.COMPLETED;
    }

    private static List<Fact> all(Host.Facts facts) {
        return facts.memory().list(facts.here().user(), 0, Memory.MOST_AT_ONCE);
    }

    private static Fact find(Host.Facts facts, String id) {
        List<Fact> matching =
                all(facts).stream().filter(fact -> fact.id().startsWith(id)).toList();
        if (matching.size() != 1) {
            throw CommandException.usage(
                    matching.isEmpty()
                            ? "There is no fact `%s`; `fettle memory list` shows them.".formatted(id)
                            : "`%s` begins the ids of %d facts; give more of it.".formatted(id, matching.size()));
        }
        return matching.getFirst();
    }

    /// What is remembered is told to models.
    private String withoutSecrets(String text) {
        if (!host.mask(text).equals(text)) {
            throw CommandException.usage("The text has what looks like a secret in it. Say where it is kept instead.");
        }
        return text;
    }

    private static <T> T sound(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private int print(List<Fact> facts, boolean json) {
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            for (Fact fact : facts) {
                array.addObject()
                        .put("fact_id", fact.id())
                        .put("text", fact.text())
                        .put("project", fact.project().orElse(null))
                        .put("created_at", fact.createdAt().toString())
                        .put("updated_at", fact.updatedAt().toString());
            }
            console.out().println(array.toPrettyString());
        } else if (facts.isEmpty()) {
            console.err().println("Nothing is remembered here; `fettle memory add` changes that.");
        } else {
            facts.forEach(fact -> console.out()
                    .println("%s  %s  %s"
                            .formatted(fact.id(), fact.project().orElse("everywhere"), Printable.of(fact.text()))));
        }
        return ExitCode.COMPLETED;
    }
}
