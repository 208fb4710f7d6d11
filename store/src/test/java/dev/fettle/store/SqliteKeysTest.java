package dev.fettle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.Users;
import dev.fettle.testkit.contract.KeysContract;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteKeysTest extends KeysContract {
    private final Path file;
    private final SqliteSessionStore store;

    SqliteKeysTest(@TempDir Path directory) {
        file = directory.resolve("sessions.db");
        store = SqliteSessionStore.open(file, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected Keys keys() {
        return store.books().keys();
    }

    @Override
    protected Users users() {
        return store.books().users();
    }

    @Test
    void aScopeThatOnlyANewerProgramKnowsOpensNothing() {
        Keys.Created created = keys().create(users().add("ann", Role.ADMIN).id(), "CI", Set.of(KeyScope.ADMIN));
        try (Database database = Database.open(file)) {
            database.update("update api_key set scopes = 'everything'");
        }

        Keys.Caller caller = keys().authenticate(created.secret().reveal()).orElseThrow();

        assertEquals(Set.of(), caller.key().scopes());
        assertFalse(caller.may(KeyScope.ADMIN));
    }
}
