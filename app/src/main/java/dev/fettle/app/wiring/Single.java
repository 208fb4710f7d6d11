package dev.fettle.app.wiring;

import java.util.Optional;
import java.util.function.Supplier;

/// Something a process has one of, made when it is first asked for. Safe for several threads: the others wait for who
/// makes it.
final class Single<T> {
    private Optional<T> made = Optional.empty();

    /// The one there is.
    ///
    /// @param making what it is made with if nobody has asked before
    synchronized T get(Supplier<T> making) {
        if (made.isEmpty()) {
            made = Optional.of(making.get());
        }
        return made.get();
    }

    synchronized Optional<T> ifMade() {
        return made;
    }
}
