package dev.fettle.store;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A change that somebody wants to make, and what came of it. Used within the lock of its database.
final class Writing<T> {
    private final Supplier<T> work;
    private @Nullable T result;
    private Optional<Throwable> failure = Optional.empty();
    private boolean isDone;

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
        } finally {
            isDone = true;
        }
    }

    /// It came to nothing, unless it had failed already.
    void fail(Throwable reason) {
        isDone = true;
        failure = failure.or(() -> Optional.of(reason));
    }

    /// Whether somebody has seen to it.
    boolean isDone() {
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
