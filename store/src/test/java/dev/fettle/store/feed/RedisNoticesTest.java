package dev.fettle.store.feed;

import dev.fettle.store.redis.RedisLine;
import dev.fettle.testkit.redis.LoopbackRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class RedisNoticesTest extends NoticesContract {
    private static LoopbackRedis redis;

    @BeforeAll
    static void start() {
        redis = new LoopbackRedis();
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @Override
    protected Line line() {
        return new RedisLine(redis.url());
    }

    @Override
    protected void breakOff() {
        redis.stop();
    }

    @Override
    protected void mend() {
        redis.start();
    }
}
