package dev.fettle.cli.models;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.core.model.Model;
import dev.fettle.core.usage.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
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

@Command(name = "models", header = "Show the models there are, and try them.", synopsisSubcommandLabel = "COMMAND")
public final class ModelsCommand {
    private final Host host;
    private final Console console;

    public ModelsCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(
            name = "list",
            header = "Print the models that Fettle knows: sizes in tokens, US dollars per million tokens.",
            description = {
                "",
                "Others can be used, too; their price is unknown then. "
                        + "Yours can be added in models.json in Fettle's home."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  fettle models list", "  fettle models list --provider anthropic --json"})
    int list(
            @Mixin SettingFlags flags,
            @Option(names = "--provider", paramLabel = "NAME", description = "Only models of this provider.") @Nullable
                    String provider,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        List<Host.ModelRow> rows = host.models(flags.flags()).stream()
                .filter(row -> provider == null || row.model().provider().equals(provider))
                .toList();
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            rows.forEach(row -> write(array.addObject(), row));
            console.out().println(array.toPrettyString());
            return ExitCode.COMPLETED;
        }
        console.out()
                .println("%-36s %9s %8s %8s %8s %8s  %s"
                        .formatted("model", "window", "output", "in", "cached", "out", "ready"));
        for (Host.ModelRow row : rows) {
            Model model = row.model();
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%-36s %,9d %,8d %8s %8s %8s  %s",
                            model.name(),
                            model.contextWindow(),
                            model.maxOutputTokens(),
                            dollars(model, Price::input),
                            dollars(model, Price::cacheRead),
                            dollars(model, Price::output),
                            row.missing().map(each -> "set " + each).orElse("yes")));
        }
        return ExitCode.COMPLETED;
    }

    private interface Part {
        BigDecimal of(Price price);
    }

    private static String dollars(Model model, Part part) {
        return model.price().map(price -> part.of(price).toPlainString()).orElse("?");
    }

    private static void write(ObjectNode object, Host.ModelRow row) {
        Model model = row.model();
        object.put("model", model.name())
                .put("context_window", model.contextWindow())
                .put("max_output_tokens", model.maxOutputTokens())
                .put("ready", row.missing().isEmpty());
        row.missing().ifPresent(each -> object.put("missing", each));
        model.price()
                .ifPresent(price -> object.putObject("usd_per_million_tokens")
                        .put("input", price.input().toPlainString())
                        .put("cache_read", price.cacheRead().toPlainString())
                        .put("cache_write", price.cacheWrite().toPlainString())
                        .put("output", price.output().toPlainString()));
        ArrayNode quirks = object.putArray("quirks");
        model.quirks().stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .sorted()
                .forEach(quirks::add);
    }

    @Command(
            name = "test",
            header = "Make one tiny call to each model and say what works.",
            description = {
                "",
                "Without a name: the model and the fallbacks that are configured. "
                        + "Nothing is repeated, so a failure shows at once. "
                        + "Exits 0 if all answered, else as a run would: 3 auth_error, "
                        + "4 provider_unavailable, 1 otherwise."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  fettle models test", "  fettle models test anthropic/claude-haiku-5-5 ollama/qwen3-coder"})
    int test(
            @Mixin SettingFlags flags,
            @Option(names = "--json", description = "Print JSON.") boolean json,
            @Parameters(arity = "0..*", paramLabel = "MODEL") List<String> names) {
        List<Trial> trials = new ArrayList<>();
        try {
            for (Host.Reached reached :
                    host.reach(flags.flags(), Optional.ofNullable(names).orElse(List.of()))) {
                Trial trial = Trial.of(reached.model(), reached.provider());
                trials.add(trial);
                if (!json) {
                    console.out().println(line(trial));
                }
            }
        } catch (InterruptedException e) {
            return ExitCode.CANCELLED;
        }
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            trials.forEach(trial -> write(array.addObject(), trial));
            console.out().println(array.toPrettyString());
        }
        return trials.stream()
                .map(ModelsCommand::exitCode)
                .filter(code -> code != ExitCode.COMPLETED)
                .findFirst()
                .orElse(ExitCode.COMPLETED);
    }

    private static String line(Trial trial) {
        return switch (trial) {
            case Trial.Answered answered ->
                String.format(
                        Locale.ROOT,
                        "ok    %-36s %.1f s, streaming: %s, tools: %s, caching: %s, %d tokens, %s",
                        answered.model().name(),
                        answered.time().toMillis() / 1000.0,
                        word(answered.isStreaming()),
                        word(answered.callsTools()),
                        answered.tellsOfCache() ? "yes" : "not told for so short a prompt",
                        answered.usage().total(),
                        answered.model().price().isPresent() ? answered.cost().display() : "price unknown");
            case Trial.Failed failed ->
                "FAIL  %-36s %s".formatted(failed.model().name(), failed.message());
        };
    }

    private static String word(boolean is) {
        return is ? "yes" : "no";
    }

    private static void write(ObjectNode object, Trial trial) {
        object.put("model", trial.model().name());
        switch (trial) {
            case Trial.Answered answered ->
                object.put("reachable", true)
                        .put("duration_ms", answered.time().toMillis())
                        .put("streaming", answered.isStreaming())
                        .put("tools", answered.callsTools())
                        .put("caching", answered.tellsOfCache())
                        .put("tokens", answered.usage().total())
                        .put("cost_usd", answered.cost().usd().toPlainString());
            case Trial.Failed failed ->
                object.put("reachable", false)
                        .put("error", failed.kind().name().toLowerCase(Locale.ROOT))
                        .put("message", failed.message());
        }
    }

    private static int exitCode(Trial trial) {
        return switch (trial) {
            case Trial.Answered _ -> ExitCode.COMPLETED;
            case Trial.Failed failed ->
                switch (failed.kind()) {
                    case AUTH -> ExitCode.AUTH_ERROR;
                    case RATE_LIMITED, OVERLOADED, NETWORK -> ExitCode.PROVIDER_UNAVAILABLE;
                    case CONTEXT_TOO_LONG, INVALID_REQUEST -> ExitCode.FAILED;
                };
        };
    }
}
