package dev.fettle.core.usage;

import java.time.Duration;

/// Interrupts the thread that started it when its time is up, unless that thread has called it off or closed it.
public final class Deadline implements AutoCloseable {
    private final Thread watcher;
    private final Thread watched = Thread.currentThread();
    private boolean isClosed;
    private volatile boolean hasPassed;

    private Deadline(Duration after) {
        watcher = Thread.ofVirtual().name("deadline").start(() -> watch(after));
    }

    public static Deadline after(Duration time) {
        return new Deadline(time);
    }

    public boolean hasPassed() {
        return hasPassed;
    }

    private void watch(Duration after) {
        try {
            Thread.sleep(after);
        } catch (InterruptedException e) {
            return;
        }
        synchronized (this) {
            if (!isClosed) {
                hasPassed = true;
                watched.interrupt();
            }
        }
    }

    /// After this, no interruption comes from here, nor is one left over.
    public void callOff() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
        }
        watcher.interrupt();
        if (hasPassed) {
            Thread.interrupted();
        }
    }

    @Override
    public void close() {
        callOff();
    }
}
