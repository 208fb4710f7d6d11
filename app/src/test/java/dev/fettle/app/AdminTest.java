package dev.fettle.app;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.postgres.PostgresServer;
import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An installation as its administrator sees it.
class AdminTest {
    @TempDir
    private Path directory = Path.of("");

    private Installation installed() {
        return new Installation(directory);
    }

    private static String exported(Installation fettle) {
        assertEquals(0, fettle.type("sessions", "export", "latest"), fettle.err);
        return fettle.out;
    }

    /// A new database on the server that all tests share.
    private static String database(String name) throws SQLException {
        PostgresServer server = PostgresServer.shared();
        String[] who = server.url("postgres").getUserInfo().split(":", 2);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.port()), who[0], who[1]);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.url(name).toString();
    }

    @Test
    void whatWasKeptInAFileGoesOnInPostgresAndBack() throws IOException, SQLException {
        Installation fettle = installed();
        try (FakeModelServer server = FakeModelServer.answering(text("mended"))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "Mend the roof ✓"), fettle.err);
        }
        assertEquals(0, fettle.type("admin", "seed"), fettle.err);
        String history = exported(fettle);
        assertEquals(0, fettle.type("admin", "backup", "one.backup"), fettle.err);

        fettle.environment.put("DATABASE_URL", database("moved"));
        assertEquals(0, fettle.type("admin", "migrate"), fettle.err);
        assertTrue(fettle.out.contains("was empty and is at version"), fettle.out);
        assertEquals(0, fettle.type("admin", "restore", "one.backup"), fettle.err);
        assertEquals(history, exported(fettle));
        assertEquals(0, fettle.type("admin", "users", "list"), fettle.err);
        assertTrue(fettle.out.endsWith("  admin\n"), fettle.out);
        assertEquals(0, fettle.type("admin", "backup", "two.backup"), fettle.err);

        fettle.environment.put("DATABASE_URL", "sqlite://" + directory.resolve("back.db"));
        assertEquals(0, fettle.type("admin", "restore", "two.backup"), fettle.err);
        assertEquals(history, exported(fettle));
        assertEquals(2, fettle.type("admin", "restore", "two.backup"));
        assertTrue(fettle.err.contains("Not restored: the database holds 1 session, "), fettle.err);
    }

    @Test
    void cleanUpReportAndQueueWorkOnAFreshInstallation() {
        Installation fettle = installed();
        fettle.environment.put("RETENTION", "90d");
        assertEquals(0, fettle.type("admin", "cleanup", "--dry-run"), fettle.err);
        assertEquals("Nothing is old enough.\n", fettle.out);
        assertEquals(0, fettle.type("admin", "report"), fettle.err);
        assertTrue(fettle.out.contains(": 0 runs, "), fettle.out);
        assertEquals(0, fettle.type("admin", "queue"), fettle.err);
        fettle.environment.put("OUTPUT_LIMIT", "lots");
        assertEquals(2, fettle.type("admin", "cleanup"));
        assertTrue(
                fettle.err.contains(
                        "OUTPUT_LIMIT (environment) must be a number of B, KB, MB, GB or TB, not `lots`; for example OUTPUT_LIMIT=500MB"),
                fettle.err);
    }
}
