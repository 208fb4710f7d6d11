package dev.fettle.store.redis;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/// Where a Redis is.
///
/// @param url `redis://user:password@host:port/number`, or `rediss://…` with TLS
record RedisAddress(URI url) {
    private static final int STANDARD_PORT = 6379;
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final int CONNECTIONS = 16;

    HostAndPort host() {
        return new HostAndPort(url.getHost(), url.getPort() < 0 ? STANDARD_PORT : url.getPort());
    }

    DefaultJedisClientConfig.Builder config(Duration patience) {
        return DefaultJedisClientConfig.builder(url).clientName("fettle").timeoutMillis((int) patience.toMillis());
    }

    /// A client that connects when it is used, and again when a connection was lost. Requests wait for what
    /// it says, and can do without.
    RedisClient client() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxWait(PATIENCE);
        pool.setJmxEnabled(false);
        return RedisClient.builder()
                .hostAndPort(host())
                .clientConfig(config(PATIENCE).build())
                .poolConfig(pool)
                .build();
    }

    /// Without the password.
    @Override
    public String toString() {
        return "Redis at " + host();
    }
}
