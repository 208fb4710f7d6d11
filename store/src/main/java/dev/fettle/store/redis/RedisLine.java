package dev.fettle.store.redis;

import dev.fettle.store.feed.Line;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/// `PUBLISH` and `SUBSCRIBE` (<https://redis.io/docs/latest/develop/pubsub/>), each on a connection of its own.
public final class RedisLine implements Line {
    private static final String CHANNEL = "fettle";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /// After so long a silence it is connected anew: the other side may be gone without a word.
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final RedisAddress address;
    private final DefaultJedisClientConfig config;
    private Optional<Jedis> telling = Optional.empty();
    private Optional<Jedis> hearing = Optional.empty();
    private boolean isCut;

    /// A line that connects when it is used.
    ///
    /// @param url `redis://user:password@host:port/number`, or `rediss://…` with TLS
    public RedisLine(URI url) {
        this.address = new RedisAddress(url);
        this.config = address.config(PATIENCE)
                .blockingSocketTimeoutMillis((int) SILENCE.toMillis())
                .build();
    }

    @Override
    public void tell(List<String> texts) throws IOException {
        try {
            if (telling.isEmpty()) {
                telling = Optional.of(connect());
                keep();
            }
            for (String text : texts) {
                telling.get().publish(CHANNEL, text);
            }
        } catch (JedisException e) {
            breakOff(telling);
            telling = Optional.empty();
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void hear(Runnable connected, Consumer<String> heard) throws IOException {
        try (Jedis redis = connect()) {
            hearing = Optional.of(redis);
            keep();
            redis.subscribe(
                    new JedisPubSub() {
                        @Override
                        public void onSubscribe(String channel, int count) {
                            connected.run();
                        }

                        @Override
                        public void onMessage(String channel, String text) {
                            heard.accept(text);
                        }
                    },
                    CHANNEL);
        } catch (JedisException e) {
            if (!(e.getCause() instanceof SocketTimeoutException)) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    private Jedis connect() {
        return new Jedis(address.host(), config);
    }

    /// What was connected while the line was cut must go again.
    private synchronized void keep() {
        if (isCut) {
            cut();
        }
    }

    @Override
    public synchronized void cut() {
        isCut = true;
        breakOff(telling);
        breakOff(hearing);
    }

    private static void breakOff(Optional<Jedis> connection) {
        try {
            if (connection.isPresent()) {
                connection.get().getConnection().forceDisconnect();
            }
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
