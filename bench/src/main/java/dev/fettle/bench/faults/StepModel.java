package dev.fettle.bench.faults;

import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Recorded;
import dev.fettle.testkit.server.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// A model that knows from the conversation alone which step is next, in a process of its own. Each step's command
/// adds a line to a file, so that a step that was repeated can be counted.
///
/// @param address what stands before the API's own paths
public record StepModel(Process process, String address) {

    /// Starts a model for runs of so many steps, each of which takes it this long.
    ///
    /// @param command what each step runs, its `#` the step's number; empty to list a directory instead
    public static StepModel start(int steps, Duration delay, String command) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StepModel.class.getName(),
                            Integer.toString(steps),
                            Long.toString(delay.toMillis()),
                            command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new StepModel(
                    process, process.inputReader(StandardCharsets.UTF_8).readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it.
    ///
    /// @return how often each step was asked for, by `conversation step`
    public Map<String, Integer> stop() {
        try {
            process.getOutputStream().close();
            Map<String, Integer> asked = new TreeMap<>();
            process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
                int tab = line.indexOf('\t');
                asked.put(line.substring(0, tab), Integer.valueOf(line.substring(tab + 1)));
            });
            return asked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Prints the address, serves until its standard input ends, then prints how often each step was asked for.
    public static void main(String[] arguments) throws IOException {
        int steps = Integer.parseInt(arguments[0]);
        long delay = Long.parseLong(arguments[1]);
        Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
        try (FakeModelServer server = FakeModelServer.deciding(
                                request -> answer(request, steps, delay, arguments[2], asked))
                        .lean();
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(server.anthropicBase());
            while (input.readLine() != null) {
                // Only the end counts.
            }
        }
        asked.forEach((step, times) -> System.out.println(step + "\t" + times));
    }

    private static Step answer(
            Recorded request, int steps, long delay, String command, Map<String, AtomicInteger> asked) {
        JsonNode messages = request.json().get("messages");
        String key = messages.get(0).get("content").toString().replaceAll("(?s).*\\bkey-([0-9]+).*", "$1");
        int step = 1;
        for (JsonNode message : messages) {
            step += message.get("role").asString().equals("assistant") ? 1 : 0;
        }
        asked.computeIfAbsent(key + " " + step, _ -> new AtomicInteger()).incrementAndGet();
        pause(delay);
        ModelResponse response =
                step >= steps ? text("Done.") : calls(call("call_%s_%d".formatted(key, step), step, command));
        return new Step.Answer(response);
    }

    private static ToolCall call(String id, int step, String command) {
        // Spelled differently each time: the same call again and again would be stopped as going in circles.
        return command.isEmpty()
                ? new ToolCall(id, "ls", "{%s}".formatted(" ".repeat(step)))
                : new ToolCall(
                        id, "bash", "{\"command\":\"%s\"}".formatted(command.replace("#", Integer.toString(step))));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
