package dev.fettle.store.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.fettle.core.cache.Cache;
import dev.fettle.core.cache.CacheKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Keeps texts in this process, up to so many characters in all; what is used least goes first.
public final class LocalCache implements Cache {
    /// Enough for some ten thousand answers, and a small part of the heap.
    public static final long USUAL_CHARACTERS = 16_000_000;

    /// What an entry takes besides its text.
    private static final int OVERHEAD = 300;

    private final com.github.benmanes.caffeine.cache.Cache<CacheKey, Entry> entries;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private record Entry(String value, Duration kept) {}

    /// A cache that is empty.
    ///
    /// @param mostCharacters of all entries together
    public LocalCache(long mostCharacters, InstantSource clock) {
        entries = Caffeine.newBuilder()
                .maximumWeight(mostCharacters)
                .weigher((CacheKey _, Entry entry) -> OVERHEAD + entry.value().length())
                .expireAfter(Expiry.<CacheKey, Entry>writing((_, entry) -> entry.kept()))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Optional<String> get(CacheKey key) {
        Entry entry = entries.getIfPresent(key);
        (entry == null ? misses : hits).increment();
        return Optional.ofNullable(entry).map(Entry::value);
    }

    @Override
    public void put(CacheKey key, String value, Duration kept) {
        entries.put(key, new Entry(value, kept));
    }

    @Override
    public void invalidate(String tenant) {
        entries.asMap().keySet().removeIf(key -> key.tenant().equals(tenant));
    }

    @Override
    public void invalidateAll() {
        entries.invalidateAll();
    }

    @Override
    public List<Layer> layers() {
        entries.cleanUp();
        return List.of(new Layer(
                "process", hits.sum(), misses.sum(), OptionalLong.of(entries.estimatedSize()), Optional.empty()));
    }
}
