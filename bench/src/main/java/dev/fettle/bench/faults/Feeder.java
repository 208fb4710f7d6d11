package dev.fettle.bench.faults;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Asks for runs, so that there are always some more than the workers can carry out.
final class Feeder implements AutoCloseable {
    private static final int WAITING = 12;
    private static final int USERS = 6;
    private static final long PAUSE_MS = 50;

    private final SessionStore sessions;
    private final RunQueue queue;
    private final Path directory;
    private final List<Run> asked = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::feed);
    private volatile boolean isWanted = true;

    Feeder(SessionStore sessions, RunQueue queue, Path directory) {
        this.sessions = sessions;
        this.queue = queue;
        this.directory = directory;
    }

    void start() {
        thread.start();
    }

    private void feed() {
        try {
            while (isWanted) {
                try {
                    if (open() < WAITING) {
                        ask(asked.size());
                    }
                } catch (SessionException e) {
                    // The database is away. What was asked for and acknowledged counts.
                }
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(int number) {
        Path workspace = workspace(directory, number);
        try {
            Files.createDirectories(workspace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String user = "user-" + number % USERS;
        asked.add(queue.submit(
                sessions.create(workspace.toString(), "key-" + number, user).id(),
                new RunRequest("key-" + number, List.of(), Map.of("WORK_DIR", workspace.toString()), true)));
    }

    /// Where the run with a number works.
    static Path workspace(Path directory, int number) {
        return directory.resolve("work").resolve("" + number);
    }

    private long open() {
        return queue.counts().values().stream().mapToLong(Long::longValue).sum();
    }

    void stop() throws InterruptedException {
        isWanted = false;
        thread.join();
    }

    void awaitAllEnded() throws InterruptedException {
        while (open() > 0) {
            Thread.sleep(PAUSE_MS);
        }
    }

    /// All that was asked for, the first first.
    List<Run> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        isWanted = false;
    }
}
