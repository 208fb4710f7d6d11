package dev.fettle.store.postgres;

import dev.fettle.core.memory.Meanings;
import dev.fettle.core.memory.Memory;
import dev.fettle.testkit.contract.MemoryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

final class PostgresMemoryTest extends MemoryContract {
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
        database.run("truncate fact");
    }

    @Override
    protected Memory memory() {
        database.setClock(clock.instant());
        return store.books().memory();
    }

    @Override
    protected Meanings meanings() {
        return store.books().meanings();
    }
}
