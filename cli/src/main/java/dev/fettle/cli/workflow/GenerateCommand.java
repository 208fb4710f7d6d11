package dev.fettle.cli.workflow;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.turn.Prompt;
import dev.fettle.core.tool.Report;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// New code from words, in a directory of its own. Whatever goes wrong, that directory stays: nothing is lost.
@Command(
        name = "generate",
        header = "Write new code for a task in words, checked before you get it.",
        description = {
            "",
            "Works in a directory of its own, a fresh temporary one unless --into names another, and touches nothing "
                    + "else. The files are parsed or compiled, tests are run, and what fails is mended before the report.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle generate \"an LRU cache\" --language python -o lru.py",
            "  fettle generate \"a JSON pretty-printer\" --language go --tests --into pretty",
            "  fettle generate \"fizzbuzz in bash\" -o - | bash",
            "  fettle generate --json \"a parser for ISO durations\" | jq -r .data.code.full_code",
            "",
            "Exit codes: as for fettle run; 1 if the code still fails its checks after the rounds of repair."
        })
public final class GenerateCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Parameters(arity = "0..*", paramLabel = "PROMPT", description = "What to write; - reads standard input.")
    private List<String> words = List.of();

    @Option(names = "--language", paramLabel = "L", description = "The language to write it in, as python.")
    private @Nullable String language;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Put the code into this file; - prints the code and nothing else.")
    private @Nullable String output;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "Work in this directory; it is made if it is not there, and has to be empty.")
    private @Nullable Path into;

    @Option(names = "--tests", description = "Write tests too, and run them.")
    private boolean tests;

    @Option(names = "--force", description = "Replace FILE if it exists; work in DIR though it is not empty.")
    private boolean force;

    @Mixin
    private Order order = new Order();

    /// The command, for the program around it.
    public GenerateCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        String prompt = prompt(Prompt.read(words, console));
        Optional<Path> file = Optional.ofNullable(output)
                .filter(name -> !name.equals("-"))
                .map(name -> host.directory().resolve(name));
        file.filter(each -> Files.exists(each) && !force).ifPresent(each -> {
            throw CommandException.usage("`%s` exists; name another file, or replace it with --force.".formatted(each));
        });
        Path place = place();
        Host.Flags flags = order.flags().with("WORK_DIR", place.toString());
        TurnResult result = order.carryOut(host, console, flags, Workflow.GENERATE, prompt, this::printed);
        console.err().println("The files are in " + place);
        if (file.isPresent() && !keep(result, file.get()) && Order.exitCode(result) == ExitCode.COMPLETED) {
            return ExitCode.FAILED;
        }
        return Order.exitCode(result);
    }

    private String prompt(String wanted) {
        String name = output == null || output.equals("-") || tests
                ? ""
                : "\n\nAll of it in one file, `%s`."
                        .formatted(host.directory().resolve(output).getFileName());
        return "Write code%s for this: %s%s%s"
                .formatted(
                        language == null || language.isBlank() ? "" : " in " + language,
                        wanted,
                        name,
                        tests ? "\n\nWrite tests too, and name the command that runs them among the checks." : "");
    }

    private Path place() {
        if (order.flags().settings().containsKey("WORK_DIR")) {
            throw CommandException.usage(
                    "New code gets a directory of its own: name it with --into. For code in a project use fettle run.");
        }
        try {
            if (into == null) {
                return Files.createTempDirectory("fettle-generate-").toRealPath();
            }
            Path wanted = Files.createDirectories(host.directory().resolve(into));
            try (Stream<Path> there = Files.list(wanted)) {
                if (!force && there.findAny().isPresent()) {
                    throw CommandException.usage(
                            "`%s` is not empty; name another directory, or work in it with --force.".formatted(wanted));
                }
            }
            return wanted.toRealPath();
        } catch (IOException e) {
            throw CommandException.usage("There is no directory to work in: %s".formatted(e));
        }
    }

    private String printed(TurnResult result) {
        return output == null
                ? ReportText.of(result)
                : output.equals("-") ? code(result).orElse("") : "";
    }

    /// The code that was found to be right.
    private static Optional<String> code(TurnResult result) {
        return result.report()
                .filter(Report::accepted)
                .map(ReportText::stages)
                .map(stages -> stages.path("code").path("full_code"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    /// The main file's content, for one file cannot hold several.
    private boolean keep(TurnResult result, Path file) {
        Optional<String> main = result.report()
                .filter(Report::accepted)
                .map(report ->
                        ReportText.stages(report).path("code").path("files").path(0))
                .map(each -> each.path("content").asString(""));
        if (main.isEmpty()) {
            console.err().println("Nothing was written to %s: there is no code that was accepted.".formatted(file));
            return false;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, main.get());
        } catch (IOException e) {
            throw CommandException.usage("`%s` cannot be written: %s".formatted(file, e));
        }
        console.err().println("Wrote " + file);
        return true;
    }
}
