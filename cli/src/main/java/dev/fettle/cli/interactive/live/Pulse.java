package dev.fettle.cli.interactive.live;

import java.util.function.BooleanSupplier;

/// Repaints when something has changed, at most twenty times a second, and four times a second while something moves.
/// When nothing does, it sleeps.
final class Pulse implements AutoCloseable {
    private static final long FRAME_MS = 50;
    private static final long BEAT_MS = 250;

    private final Runnable repaint;
    private final BooleanSupplier isMoving;
    private final Thread thread;
    private boolean hasChanged;
    private boolean isClosed;

    Pulse(Runnable repaint, BooleanSupplier isMoving) {
        this.repaint = repaint;
        this.isMoving = isMoving;
        this.thread = Thread.ofPlatform().daemon().name("pulse").unstarted(this::run);
    }

    synchronized void changed() {
        hasChanged = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        notifyAll();
    }

    private void run() {
        try {
            while (await()) {
                repaint.run();
                Thread.sleep(FRAME_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean await() throws InterruptedException {
        long begun = System.nanoTime();
        while (!isClosed && !hasChanged) {
            long waited = (System.nanoTime() - begun) / 1_000_000;
            if (isMoving.getAsBoolean() && waited >= BEAT_MS) {
                return true;
            }
            wait(isMoving.getAsBoolean() ? Math.max(1, BEAT_MS - waited) : 0);
        }
        hasChanged = false;
        return !isClosed;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
