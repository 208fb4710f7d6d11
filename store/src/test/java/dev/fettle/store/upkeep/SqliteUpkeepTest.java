package dev.fettle.store.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.run.RunLimits;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Ledger;
import dev.fettle.store.SqliteSessionStore;
import dev.fettle.store.run.Runs;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteUpkeepTest extends UpkeepContract {
    private final Path file;
    private final SqliteSessionStore store;

    SqliteUpkeepTest(@TempDir Path directory) {
        file = directory.resolve("sessions.db");
        store = SqliteSessionStore.open(file, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    SessionStore sessions() {
        return store;
    }

    @Override
    Ledger ledger() {
        return store.ledger();
    }

    @Override
    Runs runs() {
        return store.runs(RunLimits.DEFAULT);
    }

    @Override
    Upkeep upkeep() {
        return store.upkeep();
    }

    @Override
    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Test
    void openingSaysFromWhichVersionToWhich() {
        int version = upkeep().migrated().to();
        assertEquals(0, upkeep().migrated().from());
        execute("alter table fact drop column meaning");
        execute("alter table fact drop column meaning_model");
        execute("pragma user_version = " + (version - 1));
        try (SqliteSessionStore second = SqliteSessionStore.open(file, clock);
                SqliteSessionStore third = SqliteSessionStore.open(file, clock)) {
            assertEquals(new Migrated(version - 1, version), second.upkeep().migrated());
            assertEquals(Migrated.none(version), third.upkeep().migrated());
        }
    }
}
