package dev.fettle.store;

import dev.fettle.core.memory.Meanings;
import dev.fettle.core.memory.Memory;
import dev.fettle.testkit.contract.MemoryContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMemoryTest extends MemoryContract {
    private final SqliteSessionStore store;

    SqliteMemoryTest(@TempDir Path directory) {
        store = SqliteSessionStore.open(directory.resolve("sessions.db"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected Memory memory() {
        return store.books().memory();
    }

    @Override
    protected Meanings meanings() {
        return store.books().meanings();
    }
}
