package dev.fettle.tools.quota;

import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.core.workspace.kept.Quota;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Stops commands that fill a directory. The kernel holds each single file to the quota; all of them together are
/// measured now and then, which takes at most a twentieth of the time that the command does.
public final class BoundedShell implements Shell {
    private static final Duration FIRST_LOOK = Duration.ofMillis(500);
    private static final int REST = 20;
    private static final long BLOCK = 1024;

    private final Shell delegate;
    private final Path directory;
    private final Quota quota;

    public BoundedShell(Shell delegate, Path directory, Quota quota) {
        this.delegate = delegate;
        this.directory = directory;
        this.quota = quota;
    }

    /// The limit stays on the script's first line, so that messages name the lines as written.
    private String limited(String script) {
        return quota.bytes() / BLOCK >= Integer.MAX_VALUE
                ? script
                : "ulimit -f %d 2>/dev/null; %s".formatted(Math.ceilDiv(quota.bytes(), BLOCK), script);
    }

    @Override
    public Optional<String> lastWords(String script) {
        return delegate.lastWords(limited(script));
    }

    /// As the port says.
    ///
    /// @throws WorkspaceException also if the command was stopped because the directory is full
    @Override
    public Result run(Command command, Consumer<String> live) throws InterruptedException {
        Command limited = new Command(limited(command.script()), command.timeout(), command.reach());
        FutureTask<Result> running = new FutureTask<>(() -> delegate.run(limited, live));
        Thread thread = Thread.ofVirtual().name("fettle-command").start(running);
        try {
            Duration pause = FIRST_LOOK;
            while (true) {
                Optional<Result> result = within(running, pause);
                if (result.isPresent()) {
                    return result.get();
                }
                long begun = System.nanoTime();
                Optional<String> excess = quota.excess(TreeMeasure.of(directory, quota));
                if (excess.isPresent()) {
                    throw new WorkspaceException(
                            WorkspaceException.Kind.IO, "The command was stopped. " + excess.get());
                }
                Duration look = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(REST);
                pause = look.compareTo(FIRST_LOOK) > 0 ? look : FIRST_LOOK;
            }
        } finally {
            stop(thread);
        }
    }

    /// Whoever stops a command waits until nothing of it is left, interrupted or not.
    private static void stop(Thread thread) {
        boolean isInterrupted = false;
        thread.interrupt();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Result> within(FutureTask<Result> running, Duration time) throws InterruptedException {
        try {
            return Optional.of(running.get(time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
