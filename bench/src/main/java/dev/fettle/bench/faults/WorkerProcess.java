package dev.fettle.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `fettle worker`, to be treated badly.
///
/// @param process what was started; the worker itself may be a child of it
/// @param log what it printed
public record WorkerProcess(Process process, Place place, Path log) {
    static final String FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private static final long START_SECONDS = 60;
    private static final Pattern NAME = Pattern.compile("\\bname=([^\\s,\"]+\\|[^\\s,\"]+)");

    /// How a worker sees the world.
    public enum Place {
        /// Like a second worker on this machine: others see that it is gone.
        SAME_MACHINE(""),
        /// Like a worker on another machine: its processes cannot be seen from elsewhere.
        OTHER_MACHINE("unshare --pid --fork --mount-proc --kill-child "),
        /// Like the other, with a clock that is an hour fast.
        WRONG_CLOCK("unshare --pid --fork --mount-proc --kill-child env FAKETIME=+1h FAKETIME_DONT_FAKE_MONOTONIC=1"
                + " FAKETIME_FORCE_MONOTONIC_FIX=1"
                + " LD_PRELOAD=" + FAKETIME + " ");

        private final String wrapper;

        Place(String wrapper) {
            this.wrapper = wrapper;
        }

        List<String> command(String program) {
            return List.of((wrapper + program + " worker").split(" ", -1));
        }
    }

    public static WorkerProcess start(Path program, Place place, Path directory, Map<String, String> environment) {
        try {
            Files.createDirectories(directory);
            Path log = Files.createTempFile(directory, "worker-", ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            place.command(program.resolve("bin/fettle").toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            builder.environment()
                    .putIfAbsent("FETTLE_HOME", directory.resolve("home").toString());
            return new WorkerProcess(builder.start(), place, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it has said that it is ready.
    public void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.readString(log).contains("is ready")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("A worker does not start: " + Files.readString(log));
            }
            Thread.sleep(10);
        }
    }

    /// The worker itself, below whatever wraps it.
    private ProcessHandle worker() {
        return process.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElse(process.toHandle());
    }

    /// How the database names it, as its scheduler has noted.
    String name() {
        try {
            Matcher matcher = NAME.matcher(Files.readString(log));
            if (!matcher.find()) {
                throw new IllegalStateException("A worker has not noted its name: " + log);
            }
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Processor time it has taken.
    public Duration cpu() {
        return worker().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(worker().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Cannot send a signal", e);
        }
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /// As a power cut would end it.
    public void kill() throws InterruptedException {
        signal("KILL");
        process.destroyForcibly();
        process.waitFor();
    }
}
