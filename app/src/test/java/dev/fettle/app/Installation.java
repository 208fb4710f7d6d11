package dev.fettle.app;

import dev.fettle.app.wiring.Program;
import dev.fettle.cli.FettleCommand;
import dev.fettle.cli.render.Console;
import dev.fettle.testkit.server.FakeModelServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Fettle as installed on somebody's machine: a home, a project, an environment, and a model server on loopback.
final class Installation {
    final Path home;
    final Path project;
    final Map<String, String> environment = new HashMap<>();
    String stdin = "";
    boolean isTerminal;
    String out = "";
    String err = "";

    Installation(Path directory) {
        try {
            home = Files.createDirectory(directory.resolve("home"));
            project = Files.createDirectory(directory.resolve("project"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("FETTLE_HOME", home.toString());
        environment.put("HOME", directory.toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LLM_RETRY_TIME", "0s");
        environment.put("RATE_PER_USER", "100000");
        environment.put("RATE_PER_IP", "100000");
    }

    Installation withAnthropic(FakeModelServer server) {
        environment.put("ANTHROPIC_API_KEY", "key-for-tests");
        environment.put("ANTHROPIC_BASE_URL", server.anthropicBase().toString());
        return this;
    }

    Installation withOpenAi(FakeModelServer server) {
        environment.put("OPENAI_API_KEY", "key-for-tests");
        environment.put("OPENAI_BASE_URL", server.openAiBase().toString());
        return this;
    }

    Installation withCompatible(FakeModelServer server) {
        environment.put("LLM_BASE_URL", server.openAiBase().toString());
        environment.put("LLM_MODEL", "qwen3-coder");
        return this;
    }

    /// Runs a command line in this process and returns its exit code.
    int type(String... arguments) {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(stdout, true, StandardCharsets.UTF_8),
                new PrintStream(stderr, true, StandardCharsets.UTF_8),
                isTerminal,
                false,
                isTerminal,
                false);
        try (Program program = new Program(project, environment)) {
            return FettleCommand.execute(program, console, arguments);
        } finally {
            out = stdout.toString(StandardCharsets.UTF_8);
            err = stderr.toString(StandardCharsets.UTF_8);
        }
    }

    /// Starts a command line as a process of its own, as a user would.
    Process start(Path output, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command()
                .addAll(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
