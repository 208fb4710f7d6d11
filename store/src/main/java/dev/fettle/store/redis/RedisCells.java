package dev.fettle.store.redis;

import dev.fettle.core.limit.SharedCells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/// Cells that are keys of a Redis. Connects when it is used, and again when the connection was lost.
public final class RedisCells implements SharedCells, AutoCloseable {
    private static final String PREFIX = "fettle:";
    private static final byte[] NOTHING = {};

    /// Redis runs it as one step. It has no value for nothing, so that is an empty text.
    private static final byte[] SWAP = bytes("""
            if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
              return 0
            end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return 1
            """);

    private final RedisAddress address;
    private final RedisClient redis;

    /// Cells in a Redis, which may be away.
    ///
    /// @param url `redis://user:password@host:port/number`, or `rediss://…` with TLS
    public RedisCells(URI url) {
        address = new RedisAddress(url);
        redis = address.client();
    }

    @Override
    public Optional<byte[]> get(String cell) {
        return asked(() -> Optional.ofNullable(redis.get(key(cell))));
    }

    @Override
    public boolean swap(String cell, Optional<byte[]> expected, byte[] next, Duration kept) {
        List<byte[]> values = List.of(expected.orElse(NOTHING), next, bytes(Long.toString(kept.toMillis())));
        return asked(() -> redis.eval(SWAP, List.of(key(cell)), values)).equals(1L);
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (JedisException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new UncheckedIOException(new IOException("%s: %s".formatted(address, e.getMessage()), e));
        }
    }

    private static byte[] key(String cell) {
        return bytes(PREFIX + cell);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
