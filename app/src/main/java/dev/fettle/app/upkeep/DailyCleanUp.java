package dev.fettle.app.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clean-up where no worker does it every hour: in the background of whatever is open, at most once a day. What is
/// not done when this is closed is done another day.
public final class DailyCleanUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DailyCleanUp.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Path mark;
    private final InstantSource clock;
    private final Runnable cleanUp;
    private final Thread thread;
    private volatile boolean isClosed;

    /// Begins, if it is due.
    ///
    /// @param mark a file whose date is that of the last time
    public DailyCleanUp(Path mark, InstantSource clock, Runnable cleanUp) {
        this.mark = mark;
        this.clock = clock;
        this.cleanUp = cleanUp;
        this.thread = Thread.ofPlatform().daemon().name("clean-up").start(this::run);
    }

    private void run() {
        try {
            if (isDue()) {
                cleanUp.run();
            }
        } catch (IOException e) {
            LOG.warn("What is old in {} is not cleaned up: {}", mark.getParent(), e.toString());
        } catch (RuntimeException e) {
            if (!isClosed) {
                LOG.warn("The clean-up failed: {}", String.valueOf(e.getMessage()));
            }
        }
    }

    /// Dated before the work, so that of several that begin one does it.
    private boolean isDue() throws IOException {
        Instant now = clock.instant();
        if (Files.exists(mark)
                && now.isBefore(Files.getLastModifiedTime(mark).toInstant().plus(EVERY))) {
            return false;
        }
        Files.write(mark, new byte[0]);
        Files.setLastModifiedTime(mark, FileTime.from(now));
        return true;
    }

    /// Waits until it has ended, if that is soon.
    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
