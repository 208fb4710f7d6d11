package dev.fettle.store.postgres;

import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.testkit.contract.IdempotencyContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

final class PostgresIdempotencyTest extends IdempotencyContract {
    private static FreshDatabase database;
    private static PostgresSessionStore store;

    @BeforeAll
    static void open() {
        database = new FreshDatabase().withSettableClock();
        store = database.open();
    }

    @AfterAll
    static void close() {
        if (store != null) {
            store.close();
        }
    }

    @AfterEach
    void empty() {
        database.run("truncate idempotency");
    }

    @Override
    protected Idempotency idempotency() {
        database.setClock(clock.instant());
        return store.books().idempotency();
    }
}
