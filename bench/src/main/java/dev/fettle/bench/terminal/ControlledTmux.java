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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program in a terminal of tmux, which in control mode tells each output the moment it comes.
final class ControlledTmux implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final Pattern OUTPUT = Pattern.compile("%output %\\d+ (.*)");
    // As tmux writes them: control characters as their octal numbers.
    private static final Pattern SEQUENCE = Pattern.compile("\\\\033([\\[(][0-9;?]*)?[a-zA-Z]");
    private static final Pattern BEGUN = Pattern.compile("\\\\(0(3(3([\\[(][0-9;?]*)?)?)?)?$");

    private final Path socket;
    private final Process tmux;
    private final PrintStream commands;
    private final BufferedReader notices;
    private final ProcessHandle program;
    private String begun = "";

    private ControlledTmux(Path socket, Process tmux) throws IOException {
        this.socket = socket;
        this.tmux = tmux;
        // Whatever is waited for then ends in an error and not never.
        CompletableFuture.delayedExecutor(LONGEST.toSeconds(), TimeUnit.SECONDS).execute(tmux::destroy);
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
        Path socket = home.resolve("tmux");
        Path project = Files.createDirectories(home.resolve("project"));
        ProcessBuilder builder = new ProcessBuilder(
                "tmux",
                "-u",
                "-f",
                "/dev/null",
                "-S",
                socket.toString(),
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
        return new ControlledTmux(socket, builder.start());
    }

    void enter(String line) {
        commands.println("send-keys -l '" + line + "'");
        press("Enter");
    }

    void press(String key) {
        commands.println("send-keys " + key);
    }

    /// Waits until the program has printed a text. Only what differs is sent to a screen, so it has to be one that was
    /// not there in part.
    void await(String text) throws IOException {
        StringBuilder printed = new StringBuilder();
        while (printed.indexOf(text) < 0) {
            printed.append(printed());
        }
    }

    /// From a key until the program has printed it.
    ///
    /// @param key a capital letter that is nowhere on the lines that live
    double millisUntilShown(char key) throws IOException {
        long begun = System.nanoTime();
        commands.println("send-keys -l " + key);
        while (printed().indexOf(key) < 0) {
            // Something else was painted meanwhile.
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    /// What the program prints next, without control sequences; one that is only begun waits for its rest.
    private String printed() throws IOException {
        for (String line = notices.readLine(); line != null; line = notices.readLine()) {
            Matcher output = OUTPUT.matcher(line);
            if (output.matches()) {
                String text = begun + output.group(1);
                Matcher open = BEGUN.matcher(text);
                int end = open.find() ? open.start() : text.length();
                begun = text.substring(end);
                return SEQUENCE.matcher(text.substring(0, end)).replaceAll("");
            }
        }
        throw new IOException("The terminal has ended, or it took longer than %s".formatted(LONGEST));
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
    public void close() throws IOException {
        new ProcessBuilder("tmux", "-S", socket.toString(), "kill-server")
                .start()
                .onExit()
                .join();
        tmux.onExit().join();
    }
}
