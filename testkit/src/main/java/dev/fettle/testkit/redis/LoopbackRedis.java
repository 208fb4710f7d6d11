package dev.fettle.testkit.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Assumptions;
import redis.embedded.RedisServer;

/// A real Redis on loopback that can go away and come back.
public final class LoopbackRedis implements AutoCloseable {
    private final int port;
    private final RedisServer server;

    /// Where it cannot run, the test that asks is skipped with the reason.
    public LoopbackRedis() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
            server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
        } catch (IOException e) {
            throw Assumptions.<RuntimeException>abort("No Redis server for tests: " + e.getMessage());
        }
        start();
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            Assumptions.abort("No Redis server for tests: " + e.getMessage());
        }
    }

    public void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new IllegalStateException("Redis does not stop", e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
