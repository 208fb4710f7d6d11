package dev.fettle.store.postgres;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Ledger;
import dev.fettle.store.sql.SqlSessionStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

final class PostgresSessionStoreTest extends SqlSessionStoreContract {
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
        database.run("truncate session, session_event");
    }

    @Override
    protected SessionStore store() {
        database.setClock(clock.instant());
        return store;
    }

    @Override
    protected Ledger ledger() {
        return store.ledger();
    }

    @Override
    protected void loseOwner(SessionId id) {
        database.run("update session set owner_started = owner_started - 60000 where id = '%s'".formatted(id));
    }
}
