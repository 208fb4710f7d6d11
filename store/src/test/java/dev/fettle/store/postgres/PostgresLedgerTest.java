package dev.fettle.store.postgres;

import dev.fettle.core.usage.Ledger;
import dev.fettle.testkit.LedgerContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

final class PostgresLedgerTest extends LedgerContract {
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
        database.run("truncate reservation, charge");
    }

    @Override
    protected Ledger ledger() {
        database.setClock(clock.instant());
        return store.ledger();
    }

    @Override
    protected void loseHolders() {
        database.run("update reservation set owner_pid = %d, owner_started = 1".formatted(Long.MAX_VALUE));
    }
}
