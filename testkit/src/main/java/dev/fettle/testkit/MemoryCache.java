package dev.fettle.testkit;

import dev.fettle.core.cache.Cache;
import dev.fettle.core.cache.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A cache that lives as long as the test.
public final class MemoryCache implements Cache {
    private final InstantSource clock;
    private final Map<CacheKey, Held> held = new HashMap<>();
    private long hits;
    private long misses;

    private record Held(String value, Instant until) {}

    public MemoryCache(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<String> get(CacheKey key) {
        held.values().removeIf(each -> !clock.instant().isBefore(each.until()));
        Optional<String> found = Optional.ofNullable(held.get(key)).map(Held::value);
        if (found.isPresent()) {
            hits++;
        } else {
            misses++;
        }
        return found;
    }

    @Override
    public synchronized void put(CacheKey key, String value, Duration kept) {
        held.put(key, new Held(value, clock.instant().plus(kept)));
    }

    @Override
    public synchronized void invalidate(String tenant) {
        held.keySet().removeIf(key -> key.tenant().equals(tenant));
    }

    @Override
    public synchronized void invalidateAll() {
        held.clear();
    }

    @Override
    public synchronized List<Layer> layers() {
        return List.of(new Layer("memory", hits, misses, OptionalLong.of(held.size()), Optional.empty()));
    }
}
