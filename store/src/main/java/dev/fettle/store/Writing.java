package dev.fettle.store;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A change that somebody wants to make, and what came of it. Whoever wants it waits until it is done, or is told to
/// see to it, and to those that wait with it.
final class Writing<T> {
    private final Supplier<T> work;
    private @Nullable T result;
    private Optional<Throwable> failure = Optional.empty();
    private boolean isDone;
    private final Semaphore told = new Semaphore(0);

    Writing(Supplier<T> work) {
        this.work = work;
    }

    /// Does it.
    ///
    /// @return whether it went well; its transaction is yet to be kept or not
    boolean attempt() {
        try {
            result = work.get();
            return true;
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
            return false;
        }
    }

    /// It came to nothing, unless it had failed already.
    void fail(Throwable reason) {
        failure = failure.or(() -> Optional.of(reason));
    }

    /// Tells that its transaction has ended.
    void done() {
        isDone = true;
        told.release();
    }

    /// Tells whoever wants it to see to it.
    void lead() {
        told.release();
    }

    /// Whether somebody has seen to it; if not, it has to be done here.
    boolean awaitDone() {
        told.acquireUninterruptibly();
        return isDone;
    }

    /// What the work gave, or what it threw.
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // A result may be null if the work's is.
    T result() {
        switch (failure.orElse(null)) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {
                return result;
            }
        }
    }
}
