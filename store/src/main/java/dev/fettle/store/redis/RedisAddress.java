package dev.fettle.store.redis;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/// Where a Redis is.
///
/// @param url `redis://user:password@host:port/number`, or `rediss://…` with TLS
record RedisAddress(URI url) {
    private static final int STANDARD_PORT = 6379;

    HostAndPort host() {
        return new HostAndPort(url.getHost(), url.getPort() < 0 ? STANDARD_PORT : url.getPort());
    }

    DefaultJedisClientConfig.Builder config(Duration patience) {
        return DefaultJedisClientConfig.builder(url).clientName("fettle").timeoutMillis((int) patience.toMillis());
    }

    /// Without the password.
    @Override
    public String toString() {
        return "Redis at " + host();
    }
}
