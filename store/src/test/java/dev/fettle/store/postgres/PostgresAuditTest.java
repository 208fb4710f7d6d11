package dev.fettle.store.postgres;

import dev.fettle.core.audit.Audit;
import dev.fettle.testkit.contract.AuditContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

final class PostgresAuditTest extends AuditContract {
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
        database.run("truncate audit_entry");
    }

    @Override
    protected Audit audit() {
        database.setClock(clock.instant());
        return store.books().audit();
    }

    @Override
    protected void forge() {
        database.run("update audit_entry set user_id = 'usr_bob'");
    }
}
