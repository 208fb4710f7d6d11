package dev.fettle.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A real terminal with a shell in it: keys go in, and the screen is looked at until it has what is waited for.
final class Tmux implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Path socket;

    /// A shell in a directory, with an environment of its own.
    Tmux(Path socket, Path directory, Map<String, String> environment) throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "tmux is not installed; install it with: apt install tmux");
        this.socket = socket;
        List<String> command = new ArrayList<>(
                List.of("-f", "/dev/null", "new-session", "-d", "-x", "90", "-y", "40", "-c", directory.toString()));
        environment.forEach((name, value) -> command.addAll(List.of("-e", name + "=" + value)));
        command.addAll(List.of("-e", "PS1=$ ", "-e", "LC_ALL=C.UTF-8", "bash", "--norc"));
        tmux(command);
        await("$");
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Types a line.
    Tmux enter(String line) throws IOException, InterruptedException {
        return type(line).press("Enter");
    }

    Tmux type(String text) throws IOException, InterruptedException {
        tmux(List.of("send-keys", "-l", text));
        return this;
    }

    /// Presses a key that has a name, as `C-c`.
    Tmux press(String key) throws IOException, InterruptedException {
        tmux(List.of("send-keys", key));
        return this;
    }

    /// Pastes a text as the terminal does, in brackets if the program asks for them.
    Tmux paste(Path file) throws IOException, InterruptedException {
        tmux(List.of("load-buffer", file.toString()));
        tmux(List.of("paste-buffer", "-p"));
        return this;
    }

    Tmux resize(int columns) throws IOException, InterruptedException {
        tmux(List.of("resize-window", "-x", String.valueOf(columns)));
        return this;
    }

    /// Waits until the screen has a text, also where the terminal has folded it.
    Tmux await(String text) throws IOException, InterruptedException {
        return await(
                "`%s`".formatted(text),
                () -> screen().contains(text) || unfolded().contains(text));
    }

    Tmux awaitNo(String text) throws IOException, InterruptedException {
        return await("no `%s`".formatted(text), () -> !screen().contains(text));
    }

    @FunctionalInterface
    private interface Look {
        boolean isDone() throws IOException, InterruptedException;
    }

    private Tmux await(String what, Look look) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (!look.isDone()) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                fail("There should be %s within %d s:\n%s".formatted(what, PATIENCE.toSeconds(), screen()));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return this;
    }

    String screen() throws IOException, InterruptedException {
        return tmux(List.of("capture-pane", "-p"));
    }

    private String unfolded() throws IOException, InterruptedException {
        return tmux(List.of("capture-pane", "-p", "-J"));
    }

    /// The screen and what has scrolled off it, lines that were folded made whole again.
    String scrollback() throws IOException, InterruptedException {
        return tmux(List.of("capture-pane", "-p", "-J", "-S", "-"));
    }

    /// As if somebody closed the window.
    void closeWindow() throws IOException, InterruptedException {
        tmux(List.of("kill-session"));
    }

    private String tmux(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    /// Ends what runs in it, and waits until that has gone: it may write to the last.
    @Override
    public void close() throws IOException {
        if (!Files.exists(socket)) {
            return;
        }
        List<ProcessHandle> running = running();
        new ProcessBuilder("tmux", "-S", socket.toString(), "kill-server")
                .start()
                .onExit()
                .join();
        for (ProcessHandle each : running) {
            while (!isOver(each)) {
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    /// Also if it is only listed until its parent asks: this JVM, if it has adopted it, never does.
    private static boolean isOver(ProcessHandle process) {
        try {
            String state = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return state.substring(state.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException e) {
            // Not even listed.
            return true;
        }
    }

    private List<ProcessHandle> running() throws IOException {
        Process asked =
                new ProcessBuilder("tmux", "-S", socket.toString(), "list-panes", "-a", "-F", "#{pane_pid}").start();
        String pids = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return pids.lines()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .flatMap(shell -> Stream.concat(Stream.of(shell), shell.descendants()))
                .toList();
    }
}
