package dev.fettle.store;

import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Users;
import dev.fettle.testkit.contract.KeysContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteKeysTest extends KeysContract {
    private final SqliteSessionStore store;

    SqliteKeysTest(@TempDir Path directory) {
        store = SqliteSessionStore.open(directory.resolve("sessions.db"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected Keys keys() {
        return store.keys();
    }

    @Override
    protected Users users() {
        return store.users();
    }
}
