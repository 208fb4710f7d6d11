package dev.fettle.cli;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.render.FleetingLine;
import dev.fettle.cli.render.Progress;
import dev.fettle.cli.render.ResultJson;
import dev.fettle.cli.render.Summary;
import dev.fettle.cli.turn.Foreground;
import dev.fettle.cli.turn.Prompt;
import dev.fettle.cli.turn.TerminalApprover;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "understand",
        header = "Say what code consists of, and have it explained.",
        description = {
            "",
            "First the facts, found by grammars: modules, symbols, calls, entry points, what is large, tangled or "
                    + "changes often. Then a model explains them, reading files where it needs to.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle understand .",
            "  fettle understand --no-model src/main/java",
            "  fettle understand --no-model --json . | jq .cycles",
            "  fettle understand --no-model --markdown . > STRUCTURE.md",
            "  pbpaste | fettle understand --language python -",
            "",
            "Exit codes: as for fettle run; 0 without a model."
        })
final class UnderstandCommand implements Callable<Integer> {
    /// How much of the model's window the facts may take: it has to read files, too.
    private static final int PART_OF_WINDOW = 4;

    private static final long MOST_TOKENS = 20_000;

    private final Host host;
    private final Console console;

    @Parameters(paramLabel = "PATH", description = "A file or a directory; - reads code from standard input.")
    private String path = "";

    @Option(names = "--no-model", description = "The facts only.")
    private boolean withoutModel;

    @ArgGroup
    private @Nullable Form form;

    @Option(
            names = "--language",
            paramLabel = "NAME",
            description = "The language of standard input, as java or py; guessed if it is left out.")
    private @Nullable String language;

    @Option(
            names = {"-y", "--yes"},
            description = "Approve everything that would be asked.")
    private boolean yes;

    @Mixin
    private SettingFlags settings = new SettingFlags();

    UnderstandCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    private static final class Form {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Option(names = "--markdown", description = "Print a page with Mermaid drawings.")
        private boolean markdown;
    }

    @Override
    public Integer call() {
        Host.Subject subject = subject();
        Host.Understood facts = facts(subject);
        facts.notes().forEach(this::note);
        if (withoutModel) {
            console.out().print(ending(host.mask(facts(facts))));
            return ExitCode.COMPLETED;
        }
        Host.Equipped equipped = host.agent(facts.place(), TerminalApprover.choose(yes, console));
        equipped.notes().forEach(this::note);
        if (!isJson()) {
            console.out().println(ending(host.mask(facts(facts))));
            console.out().flush();
        }
        long tokens = Math.min(MOST_TOKENS, equipped.model().contextWindow() / PART_OF_WINDOW);
        TurnRequest request = new TurnRequest(
                new TurnRequest.Target.NewSession(), host.mask(prompt(subject, facts.within(tokens))), List.of());
        TurnResult result = Foreground.run(
                () -> equipped.agent().run(request, new Progress(console)), explained -> report(facts, explained));
        return ExitCode.of(result.outcome().status());
    }

    private Host.Understood facts(Host.Subject subject) {
        try (FleetingLine live = new FleetingLine(console)) {
            return host.understand(settings.flags(), subject, live);
        }
    }

    private Host.Subject subject() {
        Optional<String> named = Optional.ofNullable(language);
        if (path.equals("-")) {
            return new Host.Subject.Snippet(Prompt.read(List.of("-"), console), named);
        }
        if (named.isPresent()) {
            throw CommandException.usage("--language is for code on standard input; files say it by their names.");
        }
        return new Host.Subject.Place(Path.of(path));
    }

    private void note(String note) {
        console.err().println(console.style().yellow("note: ") + note);
    }

    private String facts(Host.Understood facts) {
        return isJson() ? facts.json() : form != null && form.markdown ? facts.markdown() : facts.text();
    }

    private boolean isJson() {
        return form != null && form.json;
    }

    private static String ending(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }

    private static String prompt(Host.Subject subject, String facts) {
        String code = switch (subject) {
            case Host.Subject.Place place -> "the code in `%s`".formatted(place.path());
            case Host.Subject.Snippet snippet -> "this code:\n\n```\n%s\n```\n\n".formatted(snippet.code());
        };
        return """
                Explain %s to a programmer who is new to it: what it is for, how its parts work together, how a typical \
                request or call goes through it, and what to be careful about when changing it. Read files where \
                these facts are not enough, and change nothing. Do not repeat the facts.

                Facts found by parsing, complete unless they say what was left out:

                %s""".formatted(code, facts);
    }

    private void report(Host.Understood facts, TurnResult result) {
        if (isJson()) {
            JsonMapper mapper = JsonMapper.shared();
            ObjectNode both = mapper.createObjectNode();
            both.set("structure", mapper.readTree(host.mask(facts.json())));
            both.set("explanation", mapper.readTree(ResultJson.write(result)));
            console.out().println(both.toPrettyString());
        } else if (!console.isOutTerminal()) {
            console.out().println(result.text());
        }
        console.out().flush();
        console.err().println(Summary.line(result, console.style()));
    }
}
