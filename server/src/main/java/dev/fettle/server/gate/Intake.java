package dev.fettle.server.gate;

import dev.fettle.server.exchange.Handler;
import dev.fettle.server.problem.Problem;
import java.time.Duration;

/// Counts who is inside, and can stop letting in: then requests are answered 503, and those inside go on.
public final class Intake {
    private int inside;
    private volatile boolean isClosed;

    /// From its making until it is closed, somebody is inside.
    public interface Visit extends AutoCloseable {
        @Override
        void close();
    }

    public synchronized Visit enter() {
        inside++;
        return this::leave;
    }

    private synchronized void leave() {
        inside--;
        notifyAll();
    }

    public void close() {
        isClosed = true;
    }

    /// Waits until nobody is inside.
    ///
    /// @return false if somebody was still inside when the time was up
    public synchronized boolean await(Duration grace) throws InterruptedException {
        long until = System.nanoTime() + grace.toNanos();
        while (inside > 0) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    /// The gate that is shut by [#close].
    public Handler before(Handler next) {
        return request -> {
            if (isClosed) {
                throw new Problem(503, "This server is stopping; try again.")
                        .with("Retry-After", "5")
                        .with("Connection", "close")
                        .exception();
            }
            return next.answer(request);
        };
    }
}
