package dev.fettle.core.monitor;

/// Is told of the work while it is done. Called by many threads, in the middle of what they do: it returns at once and
/// throws nothing.
@FunctionalInterface
public interface Monitor {
    /// Nobody counts.
    Monitor NONE = _ -> {};

    void tell(Occurrence occurrence);
}
