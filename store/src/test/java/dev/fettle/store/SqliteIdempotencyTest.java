package dev.fettle.store;

import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.testkit.contract.IdempotencyContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteIdempotencyTest extends IdempotencyContract {
    private final SqliteSessionStore store;

    SqliteIdempotencyTest(@TempDir Path directory) {
        store = SqliteSessionStore.open(directory.resolve("sessions.db"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected Idempotency idempotency() {
        return store.books().idempotency();
    }
}
