package dev.fettle.testkit;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a packaged Fettle through an ordinary turn against a [FakeModelServer], while its JVM records what it loads and
/// links. The record, `lib/fettle.aot`, makes later starts quick (JEP 483, 514).
public final class Rehearsal {
    private static final int MOST_SECONDS = 120;

    private Rehearsal() {}

    /// Rehearses once.
    ///
    /// @param arguments the package's directory, the one with `bin` and `lib`
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path program = Path.of(arguments[0]);
        Path cache = program.resolve("lib/fettle.aot");
        Files.deleteIfExists(cache);
        Path scene = Files.createTempDirectory("fettle-rehearsal-");
        Path log = scene.resolve("output.txt");
        Path project = Files.createDirectory(scene.resolve("project"));
        Files.writeString(project.resolve("notes.txt"), "one\ntwo\nthree\n");
        // Enough of a repository to have a map drawn of it.
        Files.writeString(Files.createDirectory(project.resolve(".git")).resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(
                project.resolve("Notes.java"), "class Notes {\n    int count() {\n        return count();\n    }\n}\n");
        try (FakeModelServer server = FakeModelServer.answering(
                calls(
                        call("bash", "{\"command\":\"echo hello\"}"),
                        call("ls", "{}"),
                        call("grep", "{\"pattern\":\"t.o\"}"),
                        call("glob", "{\"pattern\":\"*.txt\"}"),
                        call("read", "{\"path\":\"notes.txt\"}")),
                calls(call("edit", "{\"path\":\"notes.txt\",\"edits\":[{\"old\":\"two\",\"new\":\"2\"}]}")),
                calls(call("bash", "{\"command\":\"echo again\"}")),
                text("It is **done**:\n\n1. `notes.txt`\n\n```java\nint x = 1;\n```\n\n| a |\n|---|\n| é |\n"))) {
            ProcessBuilder run = new ProcessBuilder(
                            program.resolve("bin/fettle").toString(), "run", "--yes", "rehearse")
                    .directory(project.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            run.environment().put("FETTLE_JAVA_HOME", System.getProperty("java.home"));
            // As if somebody watched, who gets to see more than a pipe does. What the JVM learns about methods is not
            // kept: it would compile them all at each start, also those that a short run calls once.
            run.environment()
                    .put(
                            "FETTLE_JAVA_OPTS",
                            "-Dfettle.terminals=12 -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining"
                                    + " -XX:AOTCacheOutput=" + cache);
            run.environment().put("TERM", "xterm");
            run.environment().put("FETTLE_HOME", scene.resolve("home").toString());
            run.environment().put("ANTHROPIC_API_KEY", "rehearsal");
            run.environment().put("ANTHROPIC_BASE_URL", server.anthropicBase().toString());
            run.environment().put("LLM_MODEL", "anthropic/claude-sonnet-5-5");
            run.environment().keySet().removeAll(List.of("LLM_BASE_URL", "JAVA_TOOL_OPTIONS", "NO_COLOR"));
            Process process = run.start();
            boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            if (!ended || process.exitValue() != 0 || !Files.exists(cache)) {
                throw new IllegalStateException("The rehearsal failed; its output:\n" + Files.readString(log));
            }
        }
    }
}
