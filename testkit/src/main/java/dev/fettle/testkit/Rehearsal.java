package dev.fettle.testkit;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs a packaged Fettle against a [FakeModelServer] while its JVM records what it loads and links: once through an
/// ordinary turn, once as a server that answers a chat. The records make later starts quick (JEP 483, 514):
/// `lib/fettle.aot` those of commands, `lib/fettle-serve.aot` those of servers and workers.
public final class Rehearsal {
    private static final int MOST_SECONDS = 120;
    private static final int PAUSE_MS = 50;
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final Pattern KEY = Pattern.compile("fk_\\w{8}_\\w{43}");

    private final Path program;
    private final Path scene;

    private Rehearsal(Path program, Path scene) {
        this.program = program;
        this.scene = scene;
    }

    /// Rehearses once.
    ///
    /// @param arguments the package's directory, the one with `bin` and `lib`
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path program = Path.of(arguments[0]);
        new Rehearsal(program, Files.createTempDirectory("fettle-rehearsal-")).turn();
        new Rehearsal(program, Files.createTempDirectory("fettle-rehearsal-")).server();
    }

    private void turn() throws IOException, InterruptedException {
        Path project = Files.createDirectory(scene.resolve("project"));
        Files.writeString(project.resolve("notes.txt"), "one\ntwo\nthree\n");
        // Enough of a repository to have a map drawn of it.
        Files.writeString(Files.createDirectory(project.resolve(".git")).resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(
                project.resolve("Notes.java"), "class Notes {\n    int count() {\n        return count();\n    }\n}\n");
        try (FakeModelServer model = FakeModelServer.answering(
                calls(
                        call("bash", "{\"command\":\"echo hello\"}"),
                        call("ls", "{}"),
                        call("grep", "{\"pattern\":\"t.o\"}"),
                        call("glob", "{\"pattern\":\"*.txt\"}"),
                        call("read", "{\"path\":\"notes.txt\"}")),
                calls(call("edit", "{\"path\":\"notes.txt\",\"edits\":[{\"old\":\"two\",\"new\":\"2\"}]}")),
                calls(call("bash", "{\"command\":\"echo again\"}")),
                text("It is **done**:\n\n1. `notes.txt`\n\n```java\nint x = 1;\n```\n\n| a |\n|---|\n| é |\n"))) {
            // As if somebody watched, who gets to see more than a pipe does.
            Path cache = cache("fettle.aot");
            Process process = started(model, cache, project, "-Dfettle.terminals=12", "run", "--yes", "rehearse");
            requireDone(process, cache);
        }
    }

    private void server() throws IOException, InterruptedException {
        try (FakeModelServer model = FakeModelServer.answering(text("Hello."))) {
            Path cache = cache("fettle-serve.aot");
            Process process = started(model, cache, scene, "", "serve", "--port", "0");
            try (HttpClient client = HttpClient.newHttpClient()) {
                URI address = URI.create(said(process, ADDRESS));
                String key = said(process, KEY);
                for (String path : List.of("/health/ready", "/metrics", "/api/v1/sessions")) {
                    ask(client, HttpRequest.newBuilder(address.resolve(path)), key);
                }
                ask(
                        client,
                        HttpRequest.newBuilder(address.resolve("/chat"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"message\":\"rehearse\"}")),
                        key);
            } finally {
                process.destroy();
            }
            requireDone(process, cache);
        }
    }

    private static void ask(HttpClient client, HttpRequest.Builder request, String key)
            throws IOException, InterruptedException {
        client.send(request.header("Authorization", "Bearer " + key).build(), BodyHandlers.discarding());
    }

    private Path cache(String name) throws IOException {
        Path cache = program.resolve("lib").resolve(name);
        Files.deleteIfExists(cache);
        return cache;
    }

    /// What the JVM learns about methods is not kept: it would compile them all at each start, also those that a short
    /// run calls once.
    private Process started(FakeModelServer model, Path cache, Path directory, String options, String... arguments)
            throws IOException {
        ProcessBuilder process = new ProcessBuilder(
                        program.resolve("bin/fettle").toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        process.command().addAll(List.of(arguments));
        process.environment().put("FETTLE_JAVA_HOME", System.getProperty("java.home"));
        process.environment()
                .put(
                        "FETTLE_JAVA_OPTS",
                        options + " -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:AOTCacheOutput=" + cache);
        process.environment().put("TERM", "xterm");
        process.environment().put("FETTLE_HOME", scene.resolve("home").toString());
        process.environment().put("ANTHROPIC_API_KEY", "rehearsal");
        process.environment().put("ANTHROPIC_BASE_URL", model.anthropicBase().toString());
        process.environment().put("LLM_MODEL", "anthropic/claude-sonnet-5-5");
        process.environment().keySet().removeAll(List.of("LLM_BASE_URL", "JAVA_TOOL_OPTIONS", "NO_COLOR"));
        return process.start();
    }

    private Path log() {
        return scene.resolve("output.txt");
    }

    /// Waits until the process has said something of this form.
    private String said(Process process, Pattern form) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_SECONDS * 1000 / PAUSE_MS && process.isAlive(); i++) {
            Matcher matcher = form.matcher(Files.readString(log()));
            if (matcher.find()) {
                return matcher.group();
            }
            Thread.sleep(PAUSE_MS);
        }
        throw failed();
    }

    private void requireDone(Process process, Path cache) throws IOException, InterruptedException {
        boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        if (!ended || process.exitValue() != 0 || !Files.exists(cache)) {
            throw failed();
        }
    }

    private IllegalStateException failed() throws IOException {
        return new IllegalStateException("The rehearsal failed; its output:\n" + Files.readString(log()));
    }
}
