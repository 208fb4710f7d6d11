package dev.fettle.store;

import dev.fettle.core.user.Users;
import dev.fettle.testkit.contract.UsersContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteUsersTest extends UsersContract {
    private final SqliteSessionStore store;

    SqliteUsersTest(@TempDir Path directory) {
        store = SqliteSessionStore.open(directory.resolve("sessions.db"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected Users users() {
        return store.books().users();
    }
}
