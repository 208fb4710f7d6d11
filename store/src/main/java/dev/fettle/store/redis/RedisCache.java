package dev.fettle.store.redis;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.fettle.core.cache.Cache;
import dev.fettle.core.cache.CacheKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/// Keeps texts in a Redis that replicas share.
///
/// Nothing is ever searched for to be deleted: each key has the generation of all and that of its tenant in
/// it, two random words in Redis. To forget is to write another word; what lies under the old one is found by
/// nobody and expires. A word that Redis has lost is made anew, which forgets too. Each process knows the
/// words for half a second.
///
/// While Redis is away there is nothing. One request a second tries whether it is back; what was to be forgotten
/// meanwhile is forgotten before anything is looked for.
public final class RedisCache implements Cache, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisCache.class);
    private static final Duration KNOWN_FOR = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_TENANTS = 10_000;
    private static final Instant HERE = Instant.MIN;

    private static final String PREFIX = "fettle:cache:";
    private static final String ALL = PREFIX + "generation";

    /// Reads both words, and makes those that are missing.
    private static final String GENERATION = """
            local words = ''
            for i = 1, 2 do
              local word = redis.call('GET', KEYS[i])
              if not word then
                word = ARGV[1]
                redis.call('SET', KEYS[i], word, 'PX', ARGV[2])
              else
                redis.call('PEXPIRE', KEYS[i], ARGV[2])
              end
              words = words .. word .. ':'
            end
            return words
            """;

    private final RedisAddress address;
    private final RedisClient redis;
    private final Duration longest;
    private final InstantSource clock;
    private final LoadingCache<String, Optional<String>> generations;
    private final Set<String> owed = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Instant> awayUntil = new AtomicReference<>(HERE);
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /// What was found.
    ///
    /// @param left how long it is kept from now on
    public record Found(String value, Duration left) {}

    /// A cache in a Redis, which may be away.
    ///
    /// @param url `redis://user:password@host:port/number`, or `rediss://…` with TLS
    /// @param longest how long anything is kept
    public RedisCache(URI url, Duration longest, InstantSource clock) {
        this.address = new RedisAddress(url);
        this.redis = address.client();
        this.longest = longest;
        this.clock = clock;
        this.generations = Caffeine.newBuilder()
                .maximumSize(MOST_TENANTS)
                .expireAfterWrite(KNOWN_FOR)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build(this::askGeneration);
    }

    /// Under which word a tenant's texts are kept just now; changes when they are forgotten. Empty while Redis is away.
    public Optional<String> generation(String tenant) {
        return generations.get(tenant);
    }

    private Optional<String> askGeneration(String tenant) {
        List<String> cells = List.of(ALL, cell(tenant));
        List<String> arguments = List.of(word(), millis(longest.multipliedBy(2)));
        return isAllTold()
                ? asked(() -> redis.eval(GENERATION, cells, arguments).toString())
                : Optional.empty();
    }

    /// What is kept under a key, and for how long yet.
    public Optional<Found> find(CacheKey key) {
        Optional<Found> found =
                place(key).flatMap(place -> asked(() -> read(place)).flatMap(each -> each));
        (found.isPresent() ? hits : misses).increment();
        return found;
    }

    private Optional<Found> read(String place) {
        try (AbstractPipeline both = redis.pipelined()) {
            Response<String> value = both.get(place);
            Response<Long> left = both.pttl(place);
            both.sync();
            return Optional.ofNullable(value.get())
                    .filter(_ -> left.get() > 0)
                    .map(text -> new Found(text, Duration.ofMillis(left.get())));
        }
    }

    @Override
    public Optional<String> get(CacheKey key) {
        return find(key).map(Found::value);
    }

    @Override
    public void put(CacheKey key, String value, Duration kept) {
        long millis = Math.max(1, Math.min(kept.toMillis(), longest.toMillis()));
        place(key)
                .ifPresent(place -> asked(
                        () -> redis.set(place, value, SetParams.setParams().px(millis))));
    }

    private Optional<String> place(CacheKey key) {
        return generation(key.tenant()).map(word -> PREFIX + word + key.tenant() + ":" + key.digest());
    }

    @Override
    public void invalidate(String tenant) {
        change(cell(tenant));
    }

    @Override
    public void invalidateAll() {
        change(ALL);
    }

    private void change(String cell) {
        owed.add(cell);
        isAllTold();
        generations.invalidateAll();
    }

    /// Tells Redis what is to be forgotten that it has not heard of.
    private boolean isAllTold() {
        for (String cell : List.copyOf(owed)) {
            owed.remove(cell);
            SetParams kept = SetParams.setParams().px(longest.multipliedBy(2).toMillis());
            if (asked(() -> redis.set(cell, word(), kept)).isEmpty()) {
                owed.add(cell);
                return false;
            }
        }
        return true;
    }

    private static String cell(String tenant) {
        return ALL + ":" + tenant;
    }

    private static String word() {
        return UUID.randomUUID().toString();
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    /// What Redis says; empty if it is away, or was seen to be a moment ago.
    private <T> Optional<T> asked(Supplier<T> question) {
        Instant now = clock.instant();
        Instant until = awayUntil.get();
        boolean isAway = !until.equals(HERE);
        if (isAway && (now.isBefore(until) || !awayUntil.compareAndSet(until, now.plus(PAUSE)))) {
            return Optional.empty();
        }
        try {
            T answer = question.get();
            if (isAway) {
                awayUntil.set(HERE);
                LOG.info("{} is back, and answers are kept there again", address);
            }
            return Optional.of(answer);
        } catch (JedisException e) {
            missed(e, isAway, now);
            return Optional.empty();
        }
    }

    /// Who hung up while Redis was asked says nothing about Redis.
    private void missed(JedisException e, boolean isAway, Instant now) {
        if (e.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        awayUntil.set(now.plus(PAUSE));
        // The other connections are broken, too: each would be found out by a request of its own.
        redis.getPool().clear();
        if (!isAway) {
            LOG.warn("Answers are not kept for now; {}: {}", address, e.getMessage());
        }
    }

    /// Asks Redis whether it is there, however lately it was not.
    @Override
    public List<Layer> layers() {
        Optional<String> trouble;
        try {
            redis.ping();
            trouble = Optional.empty();
        } catch (JedisException e) {
            trouble = Optional.of("%s: %s".formatted(address, e.getMessage()));
        }
        return List.of(new Layer("redis", hits.sum(), misses.sum(), OptionalLong.empty(), trouble));
    }

    @Override
    public void close() {
        redis.close();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
