package dev.fettle.cli.turn;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Runs a turn, or what else takes its time, on the calling thread so that Ctrl-C cancels it cleanly: the signal starts
/// the JVM's shutdown, whose hook interrupts the turn and keeps the JVM alive until the turn has ended and its result
/// was reported.
public final class Foreground {
    private static final int PATIENCE_SECONDS = 10;

    private Foreground() {}

    /// Does the work, and reports its result.
    public static <R> R run(Supplier<R> work, Consumer<R> report) {
        Thread turn = Thread.currentThread();
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    turn.interrupt();
                    await(done);
                },
                "cancel");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            R result = work.get();
            report.accept(result);
            return result;
        } finally {
            done.countDown();
            remove(hook);
        }
    }

    private static void await(CountDownLatch done) {
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(130);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down already: the hook has done its work.
            Thread.interrupted();
        }
    }
}
