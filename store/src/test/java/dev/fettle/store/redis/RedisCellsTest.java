package dev.fettle.store.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.fettle.core.limit.SharedCells;
import dev.fettle.testkit.contract.SharedCellsContract;
import dev.fettle.testkit.redis.LoopbackRedis;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RedisCellsTest extends SharedCellsContract {
    private static LoopbackRedis redis;
    private static RedisCells cells;

    @BeforeAll
    static void start() {
        redis = new LoopbackRedis();
        cells = new RedisCells(redis.url());
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            cells.close();
            redis.close();
        }
    }

    @Override
    protected SharedCells cells() {
        return cells;
    }

    @Override
    protected void cutOff() {
        redis.stop();
    }

    @Override
    protected void mend() {
        redis.start();
    }

    @Override
    protected void letPass(Duration time) {
        // It does by itself.
    }

    @Test
    void aRedisThatIsAwayFromTheStartIsWaitedForByNobody() {
        try (RedisCells nowhere = new RedisCells(URI.create("redis://:secret@127.0.0.1:1"))) {
            assertFalse(nowhere.toString().contains("secret"));
        }
    }
}
