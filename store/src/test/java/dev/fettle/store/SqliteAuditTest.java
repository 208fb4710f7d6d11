package dev.fettle.store;

import dev.fettle.core.audit.Audit;
import dev.fettle.testkit.contract.AuditContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteAuditTest extends AuditContract {
    private final Path file;
    private final SqliteSessionStore store;

    SqliteAuditTest(@TempDir Path directory) {
        file = directory.resolve("sessions.db");
        store = SqliteSessionStore.open(file, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected Audit audit() {
        return store.books().audit();
    }

    @Override
    protected void forge() {
        try (Database database = Database.open(file)) {
            database.update("update audit_entry set user_id = 'usr_bob'");
        }
    }
}
