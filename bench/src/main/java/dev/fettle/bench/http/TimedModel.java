package dev.fettle.bench.http;

import static dev.fettle.testkit.Answers.text;

import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import dev.fettle.testkit.server.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// A model whose first word is the time at which it says it, in a process of its own. Both processes read the same
/// clock: on Linux `System.nanoTime` is the machine's `CLOCK_MONOTONIC`.
///
/// @param address what stands before the API's own paths
record TimedModel(Process process, String address) implements AutoCloseable {
    /// So long that whoever is to hear the first word is there.
    private static final Duration BEFORE = Duration.ofSeconds(1);

    /// So long that nothing but the first half of an answer can be what is heard.
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    static TimedModel start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TimedModel.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new TimedModel(
                process, process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    /// Prints the address, and serves until its standard input ends.
    public static void main(String[] arguments) throws IOException {
        try (FakeModelServer server = FakeModelServer.deciding(_ -> answer()).lean();
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(server.anthropicBase());
            while (input.readLine() != null) {
                // Only the end counts.
            }
        }
    }

    private static Step answer() {
        try {
            Thread.sleep(BEFORE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Fault.Silence(
                BETWEEN, true, text("%d is when this was said. ".formatted(System.nanoTime()) + "And on. ".repeat(40)));
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}
