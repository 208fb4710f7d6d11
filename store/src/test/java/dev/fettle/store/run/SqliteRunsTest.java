package dev.fettle.store.run;

import dev.fettle.core.run.RunLimits;
import dev.fettle.core.session.SessionStore;
import dev.fettle.store.SqliteSessionStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRunsTest extends RunsContract {
    private final Path file;
    private final SqliteSessionStore store;

    SqliteRunsTest(@TempDir Path directory) {
        file = directory.resolve("sessions.db");
        store = SqliteSessionStore.open(file, InstantSource.system());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected SessionStore sessions() {
        return store;
    }

    @Override
    protected Runs runs(RunLimits limits) {
        return store.runs(limits);
    }

    @Override
    protected void execute(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
