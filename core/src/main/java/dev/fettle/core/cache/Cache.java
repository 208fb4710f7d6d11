package dev.fettle.core.cache;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Keeps texts for a while. It holds no truth: what was put may be gone at any time, and a cache that is away
/// has nothing and takes nothing, without an error. Every method returns within a fraction of a second. Used
/// by many threads and, where it is shared, by many processes.
public interface Cache {

    /// What was kept under a key; empty if that is not there, or not any longer.
    Optional<String> get(CacheKey key);

    /// Keeps a text, in place of what was there.
    ///
    /// @param kept how long at most; above zero
    void put(CacheKey key, String value, Duration kept);

    /// Forgets everything of a tenant. Other processes that share the cache give none of it a second later; if the
    /// shared part is away they are told when it is back.
    void invalidate(String tenant);

    /// Forgets everything, likewise.
    void invalidateAll();

    /// How it is used, the layer that is asked first before the others.
    List<Layer> layers();

    /// A place where texts are kept.
    ///
    /// @param name one word
    /// @param hits how often this process found something there
    /// @param misses how often it did not
    /// @param entries how many there are, where they can be counted
    /// @param trouble why it is away, for operators; empty if it is not
    record Layer(String name, long hits, long misses, OptionalLong entries, Optional<String> trouble) {}
}
