package dev.fettle.bench.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A program in a terminal of tmux, which in control mode tells each output the moment it comes.
final class ControlledTmux implements AutoCloseable {
    private final Process tmux;
    private final PrintStream commands;
    private final BufferedReader notices;
    private final ProcessHandle program;

    private ControlledTmux(Process tmux) throws IOException {
        this.tmux = tmux;
        this.commands = new PrintStream(tmux.getOutputStream(), true, StandardCharsets.UTF_8);
        this.notices = tmux.inputReader(StandardCharsets.UTF_8);
        await("/help says");
        commands.println("display-message -p '#{pane_pid}'");
        String line = notices.readLine();
        while (!line.matches("\\d+")) {
            line = notices.readLine();
        }
        this.program = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
    }

    /// Starts the packaged program with a home of its own.
    static ControlledTmux running(Path program, Path home, URI model) throws IOException {
        Path project = Files.createDirectories(home.resolve("project"));
        ProcessBuilder builder = new ProcessBuilder(
                "tmux",
                "-u",
                "-f",
                "/dev/null",
                "-S",
                home.resolve("tmux").toString(),
                "-C",
                "new-session",
                "-x",
                "90",
                "-y",
                "40",
                "-c",
                project.toString(),
                "exec " + program.resolve("bin/fettle"));
        builder.environment()
                .putAll(Map.of(
                        "FETTLE_HOME", home.resolve("home").toString(),
                        "FETTLE_JAVA_HOME", System.getProperty("java.home"),
                        "ANTHROPIC_API_KEY", "bench",
                        "ANTHROPIC_BASE_URL", model.toString(),
                        "LLM_MODEL", "anthropic/claude-sonnet-5-5"));
        builder.environment().keySet().removeAll(List.of("LLM_BASE_URL", "JAVA_TOOL_OPTIONS", "TMUX"));
        return new ControlledTmux(builder.start());
    }

    void enter(String line) {
        commands.println("send-keys -l '" + line + "'");
        press("Enter");
    }

    void press(String key) {
        commands.println("send-keys " + key);
    }

    /// Waits until the program has printed a text in one piece.
    void await(String text) throws IOException {
        for (String line = notices.readLine(); line != null; line = notices.readLine()) {
            if (line.startsWith("%output") && line.contains(text)) {
                return;
            }
        }
        throw new IOException("The terminal has ended before it showed: " + text);
    }

    /// From a key until the program has printed it.
    double millisUntilShown(char key) throws IOException {
        long begun = System.nanoTime();
        commands.println("send-keys -l " + key);
        for (String line = notices.readLine(); line != null; line = notices.readLine()) {
            if (line.startsWith("%output")
                    && line.replaceAll("\\\\033\\[[0-9;?]*[a-zA-Z]", "")
                            .replaceFirst("%output %\\d+ ", "")
                            .startsWith(String.valueOf(key))) {
                return (System.nanoTime() - begun) / 1e6;
            }
        }
        throw new IOException("The terminal has ended");
    }

    Duration cpu() {
        return program.info().totalCpuDuration().orElseThrow();
    }

    long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/%d/status".formatted(program.pid()))).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        commands.println("kill-server");
        tmux.onExit().join();
    }
}
