package dev.fettle.bench;

import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.usage.Price;
import dev.fettle.providers.catalogue.ModelCatalogue;
import dev.fettle.testkit.Answers;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Measures a packaged Fettle as a user meets it and prints a table of medians beside the targets.
public final class Bench {
    private final Path program;
    private final int runs;

    private Bench(Path program, int runs) {
        this.program = program;
        this.runs = runs;
    }

    /// A turn of so many steps. The command's `#` becomes the step's number.
    private record Scenario(String name, int steps, int callsPerStep, String command, String sandbox) {
        Scenario(String name, int steps, int callsPerStep, String command) {
            this(name, steps, callsPerStep, command, "none");
        }
    }

    private record Run(Measured measured, ModelServerProcess.Report report) {}

    /// Measures and prints.
    ///
    /// @param arguments the package's directory, and how many counted runs of each scenario (default 7)
    public static void main(String[] arguments) throws IOException {
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        new Bench(Path.of(arguments[0]).toAbsolutePath(), runs).all();
    }

    private void all() throws IOException {
        System.out.printf(
                "%d processors, Java %s, medians of %d runs after one warm-up (min to max)%n%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), runs);
        System.out.printf("%-46s %-28s %s%n", "what", "measured", "target");
        List<Measured> versions = new ArrayList<>();
        for (int i = 0; i <= runs; i++) {
            versions.add(Measured.run(List.of(launcher(), "--version"), Path.of("."), Map.of()));
        }
        List<Measured> counted = versions.subList(1, versions.size());
        row("--version: wall", counted, Measured::wallSeconds, "%.2f s", "");
        row("--version: CPU", counted, Measured::cpuSeconds, "%.2f s", "<= 0.10 s");

        List<Run> one = measure(new Scenario("one", 1, 0, ""));
        row("one turn: wall", one, run -> run.measured().wallSeconds(), "%.2f s", "");
        row("one turn: CPU", one, run -> run.measured().cpuSeconds(), "%.2f s", "<= 0.40 s");
        row("one turn: peak RSS", one, run -> run.measured().peakMegabytes(), "%.0f MB", "<= 110 MB");
        row("first request", one, run -> run.report().firstRequestBytes() / 1024.0, "%.1f KB", "<= 16 KB");

        List<Run> twenty = measure(new Scenario("twenty", 20, 1, "echo #"));
        row("20 steps with echo: wall", twenty, run -> run.measured().wallSeconds(), "%.2f s", "");
        row("20 steps with echo: CPU", twenty, run -> run.measured().cpuSeconds(), "%.2f s", "");
        row("20 steps with echo: own time per step", twenty, run -> median(run.report(), 0, 19), "%.1f ms", "");

        List<Run> hundred = measure(new Scenario("hundred", 100, 1, "echo #"));
        row("100 steps with echo: wall", hundred, run -> run.measured().wallSeconds(), "%.2f s", "");
        row("100 steps with echo: CPU", hundred, run -> run.measured().cpuSeconds(), "%.2f s", "<= 1.5 s");
        row("100 steps with echo: peak RSS", hundred, run -> run.measured().peakMegabytes(), "%.0f MB", "");
        row("100 steps: own time per step", hundred, run -> median(run.report(), 0, 99), "%.1f ms", "<= 6 ms");
        row("100 steps: own time, steps 6 to 15", hundred, run -> median(run.report(), 5, 15), "%.1f ms", "flat");
        row("100 steps: own time, steps 90 to 99", hundred, run -> median(run.report(), 89, 99), "%.1f ms", "flat");

        List<Run> confined = measure(new Scenario("confined", 100, 1, "echo #", "workspace-write"));
        row("100 steps in the sandbox: CPU", confined, run -> run.measured().cpuSeconds(), "%.2f s", "");
        row("100 steps in the sandbox: own time per step", confined, run -> median(run.report(), 0, 99), "%.1f ms", "");

        for (Map.Entry<String, List<Double>> each : CommandCost.measure().entrySet()) {
            row(each.getKey(), each.getValue(), milliseconds -> milliseconds, "%.1f ms", "<= 5 x plain spawn");
        }

        caches();

        List<Run> five = measure(new Scenario("five", 2, 5, "sleep 1"));
        row("five `sleep 1` of one answer", five, run -> median(run.report(), 0, 1) / 1000, "%.2f s", "<= 1.1 s");
    }

    /// A session of 100 steps whose commands print a kilobyte each.
    private void caches() throws IOException {
        Price sonnet = new ModelCatalogue()
                .find("anthropic", "claude-sonnet-5-5")
                .price()
                .orElseThrow();
        Price gpt = new ModelCatalogue().find("openai", "gpt-6.1-sol").price().orElseThrow();
        PrefixCache anthropic = PrefixCache.ofAnthropic(requests("anthropic/claude-sonnet-5-5"));
        PrefixCache openAi = PrefixCache.ofOpenAi(requests("openai/gpt-6.1-sol"));
        cacheRow("Anthropic", anthropic, sonnet);
        cacheRow("OpenAI Responses", openAi, gpt);
    }

    private static void cacheRow(String name, PrefixCache cache, Price price) {
        System.out.printf(
                Locale.ROOT,
                "%-46s %-28s %s%n",
                "100 steps, input from cache: " + name,
                "%.1f %% of %,d tokens"
                        .formatted(100 * cache.share(), cache.usage().total()),
                ">= 97 %");
        System.out.printf(
                Locale.ROOT,
                "%-46s %-28s%n",
                "100 steps, input bill: " + name,
                "%.1f %% of that without cache".formatted(100 * cache.bill(price)));
    }

    private List<JsonNode> requests(String model) throws IOException {
        ModelResponse[] script = Stream.concat(
                        IntStream.range(1, 100)
                                .mapToObj(step -> Answers.calls(Answers.call(
                                        "bash",
                                        "{\"command\":\"seq %d00 %d99\"}".formatted(step * 10, step * 10 + 2)))),
                        Stream.of(Answers.text("Done.")))
                .toArray(ModelResponse[]::new);
        Path place = Files.createTempDirectory("fettle-bench-");
        Path project = Files.createDirectory(place.resolve("project"));
        try (FakeModelServer server = FakeModelServer.answering(script)) {
            Map<String, String> environment = Map.of(
                    "FETTLE_HOME",
                    place.resolve("home").toString(),
                    "ANTHROPIC_API_KEY",
                    "bench",
                    "ANTHROPIC_BASE_URL",
                    server.anthropicBase().toString(),
                    "OPENAI_API_KEY",
                    "bench",
                    "OPENAI_BASE_URL",
                    server.openAiBase().toString(),
                    "LLM_MODEL",
                    model,
                    "AGENT_SANDBOX",
                    "none",
                    "LLM_BASE_URL",
                    "");
            Measured.run(List.of(launcher(), "run", "--yes", "count"), project, environment);
            return server.requests().stream().map(Recorded::json).toList();
        }
    }

    private List<Run> measure(Scenario scenario) throws IOException {
        Path place = Files.createTempDirectory("fettle-bench-");
        Path project = Files.createDirectory(place.resolve("project"));
        List<Run> all = new ArrayList<>();
        for (int i = 0; i <= runs; i++) {
            ModelServerProcess server =
                    ModelServerProcess.start(scenario.steps(), scenario.callsPerStep(), scenario.command());
            Map<String, String> environment = new HashMap<>(Map.of(
                    "FETTLE_HOME",
                    place.resolve("home").toString(),
                    "ANTHROPIC_API_KEY",
                    "bench",
                    "ANTHROPIC_BASE_URL",
                    server.address(),
                    "LLM_MODEL",
                    "anthropic/claude-sonnet-5-5",
                    "AGENT_SANDBOX",
                    scenario.sandbox(),
                    "LLM_BASE_URL",
                    ""));
            Measured measured =
                    Measured.run(List.of(launcher(), "run", "--yes", scenario.name()), project, environment);
            all.add(new Run(measured, server.stop()));
        }
        return all.subList(1, all.size());
    }

    private String launcher() {
        return program.resolve("bin/fettle").toString();
    }

    /// Median of the harness's own time of some steps, in milliseconds.
    private static double median(ModelServerProcess.Report report, int from, int to) {
        return median(report.stepNanos().subList(from, to).stream().mapToDouble(nanos -> nanos / 1e6));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static <T> void row(String what, List<T> runs, ToDoubleFunction<T> figure, String format, String target) {
        double least = runs.stream().mapToDouble(figure).min().orElseThrow();
        double most = runs.stream().mapToDouble(figure).max().orElseThrow();
        String unit = format.substring(format.indexOf(' '));
        String number = format.substring(0, format.indexOf(' '));
        System.out.printf(
                "%-46s %-28s %s%n",
                what,
                String.format(
                        Locale.ROOT,
                        number + unit + " (" + number + " to " + number + ")",
                        median(runs.stream().mapToDouble(figure)),
                        least,
                        most),
                target);
    }
}
