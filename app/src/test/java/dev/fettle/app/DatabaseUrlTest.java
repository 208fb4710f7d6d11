package dev.fettle.app;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.postgres.PostgresServer;
import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DatabaseUrlTest {
    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
        fettle.environment.put("ANTHROPIC_API_KEY", "key");
    }

    private void runWith(String url) throws IOException {
        fettle.environment.put("DATABASE_URL", url);
        try (FakeModelServer server = FakeModelServer.answering(text("done"))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "Mend the roof"), fettle.err);
        }
        assertEquals(0, fettle.type("sessions", "list"), fettle.err);
        assertTrue(fettle.out.contains("Mend the roof"), fettle.out);
        assertEquals(0, fettle.type("usage"), fettle.err);
        assertFalse(Files.exists(fettle.home.resolve("sessions.db")));
    }

    @Test
    void commandsKeepTheirSessionsAndCostsInPostgres() throws IOException {
        PostgresServer server = PostgresServer.shared();
        runWith(server.url("postgres").toString());

        fettle.type("doctor");
        assertTrue(
                fettle.out.contains("PostgreSQL at 127.0.0.1:" + server.port() + "/postgres, 1 session(s)"),
                fettle.out);
        assertEquals(2, fettle.type("sessions", "repair"));
        assertTrue(fettle.err.contains("this repairs SQLite files only"), fettle.err);
    }

    /// Within less than a run would wait for it.
    @Test
    @Timeout(25)
    void clientsOfAServerAreToldThatTheDatabaseIsAwayUntilItIsBack() throws Exception {
        PostgresServer server = PostgresServer.shared();
        fettle.environment.put("DATABASE_URL", server.url("postgres").toString());
        try (Served served = new Served(fettle)) {
            Served.Client admin = served.asAdmin();
            assertEquals(200, admin.get("/api/v1/runs").status());
            server.stop();
            try {
                Served.Reply away = admin.get("/api/v1/runs");
                assertEquals(503, away.status(), away.response().body());
                assertTrue(away.response().headers().firstValue("Retry-After").isPresent());
                assertEquals(200, admin.get("/health/live").status());
            } finally {
                server.start();
            }
            assertEquals(200, admin.get("/api/v1/runs").status());
        }
    }

    @Test
    void commandsKeepThemInAnotherFile() throws IOException {
        Path file = directory.resolve("elsewhere.db");

        runWith("sqlite://" + file);

        assertTrue(Files.exists(file));
    }

    @Test
    void aServerThatIsAwayIsNamedWithTheRemedyAndWithoutThePassword() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        fettle.environment.put("DATABASE_URL", "postgresql://ann:very-secret@127.0.0.1:" + port + "/fettle");
        fettle.environment.put("AGENT_DEBUG", "true");
        for (String[] command : new String[][] {{"run", "go"}, {"sessions", "list"}, {"doctor"}, {"config", "show"}}) {
            fettle.type(command);
            String said = fettle.out + fettle.err;
            assertTrue(said.contains("127.0.0.1:" + port), said);
            assertFalse(said.contains("very-secret"), said);
        }
        fettle.type("sessions", "list");
        assertTrue(fettle.err.contains("Cannot reach PostgreSQL at 127.0.0.1:" + port), fettle.err);
        assertTrue(fettle.err.contains("Check that it is running, that DATABASE_URL names"), fettle.err);
    }

    @Test
    void aWrongUrlIsToldWithoutThePassword() {
        fettle.environment.put("DATABASE_URL", "mysql://ann:very@secret@db/fettle?password=sesame");

        assertEquals(2, fettle.type("sessions", "list"));

        assertTrue(fettle.err.contains("not `mysql://ann:********@db/fettle?password=********`"), fettle.err);
    }
}
