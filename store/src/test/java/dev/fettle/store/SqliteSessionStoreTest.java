package dev.fettle.store;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Ledger;
import dev.fettle.store.sql.SqlSessionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSessionStoreTest extends SqlSessionStoreContract {
    private final Path file;
    private final SqliteSessionStore store;

    SqliteSessionStoreTest(@TempDir Path directory) {
        file = directory.resolve("sessions.db");
        store = SqliteSessionStore.open(file, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected SessionStore store() {
        return store;
    }

    @Override
    protected Ledger ledger() {
        return store.ledger();
    }

    @Override
    protected void loseOwner(SessionId id) {
        try (Database database = Database.open(file)) {
            database.update("update session set owner_started = owner_started - 60000 where id = ?", id.value());
        }
    }
}
