package dev.fettle.store.cache;

import dev.fettle.core.cache.Cache;
import dev.fettle.core.cache.CacheKey;
import dev.fettle.store.redis.RedisCache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks into this process first and into Redis then, so that replicas give each other's answers, and a frequent one
/// costs no way over the network.
///
/// What is kept here is kept under the tenant's generation in Redis. Another replica's invalidation changes that, and
/// nobody finds it here any more; no notice has to arrive. While Redis is away no generation is known, so nothing is
/// found: that an answer is made anew is better than that one is given which was to be forgotten.
public final class LayeredCache implements Cache {
    private final LocalCache local;
    private final RedisCache shared;

    public LayeredCache(LocalCache local, RedisCache shared) {
        this.local = local;
        this.shared = shared;
    }

    @Override
    public Optional<String> get(CacheKey key) {
        Optional<CacheKey> here = here(key);
        Optional<String> known = here.flatMap(local::get);
        if (here.isEmpty() || known.isPresent()) {
            return known;
        }
        Optional<RedisCache.Found> found = shared.find(key);
        found.ifPresent(each -> local.put(here.get(), each.value(), each.left()));
        return found.map(RedisCache.Found::value);
    }

    private Optional<CacheKey> here(CacheKey key) {
        return shared.generation(key.tenant()).map(generation -> new CacheKey(key.tenant(), generation + key.digest()));
    }

    @Override
    public void put(CacheKey key, String value, Duration kept) {
        shared.put(key, value, kept);
        here(key).ifPresent(each -> local.put(each, value, kept));
    }

    @Override
    public void invalidate(String tenant) {
        shared.invalidate(tenant);
        local.invalidate(tenant);
    }

    @Override
    public void invalidateAll() {
        shared.invalidateAll();
        local.invalidateAll();
    }

    @Override
    public List<Layer> layers() {
        return Stream.concat(local.layers().stream(), shared.layers().stream()).toList();
    }
}
