package dev.fettle.bench;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Recorded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The model of a benchmark, in a process of its own so that its work is not counted.
///
/// @param address what stands before the API's own paths
record ModelServerProcess(Process process, String address) {

    /// What the server saw.
    ///
    /// @param firstRequestBytes size of the body of the first request
    /// @param stepNanos the harness's own time of each step: from the last byte of an answer to the arrival of the
    ///     next request
    record Report(long firstRequestBytes, List<Long> stepNanos) {}

    /// Starts a model that makes `steps` answers, all but the last with `callsPerStep` commands.
    static ModelServerProcess start(int steps, int callsPerStep, String command) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ModelServerProcess.class.getName(),
                            Integer.toString(steps),
                            Integer.toString(callsPerStep),
                            command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new ModelServerProcess(
                    process, process.inputReader(StandardCharsets.UTF_8).readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the server and returns what it saw.
    Report stop() {
        try {
            process.getOutputStream().close();
            List<Long> numbers = process.inputReader(StandardCharsets.UTF_8)
                    .lines()
                    .map(Long::valueOf)
                    .toList();
            return new Report(numbers.getFirst(), numbers.subList(1, numbers.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Prints the server's address, serves until its standard input ends, then prints the report, a number a line.
    public static void main(String[] arguments) throws IOException {
        int steps = Integer.parseInt(arguments[0]);
        int callsPerStep = Integer.parseInt(arguments[1]);
        String command = arguments[2];
        ModelResponse[] script = Stream.concat(
                        IntStream.range(1, steps).mapToObj(step -> step(step, callsPerStep, command)),
                        Stream.of(text("Done.")))
                .toArray(ModelResponse[]::new);
        try (FakeModelServer server = FakeModelServer.answering(script).lean();
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(server.anthropicBase());
            while (input.readLine() != null) {
                // Only the end counts.
            }
            List<Recorded> requests = server.requests();
            System.out.println(
                    requests.isEmpty()
                            ? 0
                            : requests.getFirst()
                                    .header("content-length")
                                    .map(Long::valueOf)
                                    .orElse(0L));
            for (int i = 1; i < requests.size(); i++) {
                System.out.println(
                        requests.get(i).arrivedNanos() - requests.get(i - 1).answeredNanos());
            }
        }
    }

    private static ModelResponse step(int step, int callsPerStep, String command) {
        return calls(IntStream.range(0, callsPerStep)
                .mapToObj(_ ->
                        call("bash", "{\"command\":\"%s\"}".formatted(command.replace("#", Integer.toString(step)))))
                .toArray(ToolCall[]::new));
    }
}
