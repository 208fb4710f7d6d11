package dev.fettle.store.postgres;

import dev.fettle.core.user.Users;
import dev.fettle.testkit.contract.UsersContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

final class PostgresUsersTest extends UsersContract {
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
        database.run("truncate user_account");
    }

    @Override
    protected Users users() {
        database.setClock(clock.instant());
        return store.books().users();
    }
}
