package dev.fettle.app;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.postgres.PostgresServer;
import dev.fettle.testkit.redis.LoopbackRedis;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A replica that answers clients and another that carries runs out, with a database between them.
@Timeout(120)
class ReplicasTest {
    /// What a provider's key looks like here; it must not get out in parts either.
    private static final String SECRET = "key-for-tests";

    private static final String ANSWER = "It was a dark and stormy night, and the key under the mat was " + SECRET
            + ", which nobody should have said aloud; the rain fell in torrents all the same.";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    private static String database(String name) throws SQLException {
        PostgresServer server = PostgresServer.shared();
        URI url = server.url("postgres");
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(url.getPort()),
                        PostgresServer.USER,
                        PostgresServer.PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.url(name).toString();
    }

    /// The answer is there before any replica works, so the first word of it is heard.
    private void anAnswerIsHeard() throws Exception {
        Fault.Silence halting = new Fault.Silence(Duration.ofSeconds(2), true, text(ANSWER));
        try (FakeModelServer model = FakeModelServer.script(halting);
                Served web = new Served(fettle.withAnthropic(model), "--roles", "web");
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Served.Client admin = web.asAdmin();
            String run = admin.post("/api/v1/runs", "{\"prompt\":\"tell me\"}").text("run_id");
            Callable<List<Served.Told>> follow = () -> admin.events("/api/v1/runs/" + run + "/events");
            Future<List<Served.Told>> following = clients.submit(follow);
            while (!admin.get("/metrics").response().body().contains("fettle_event_streams 1.0")) {
                Thread.onSpinWait();
            }
            try (Served _ = new Served(fettle)) {
                List<Served.Told> told = following.get();
                assertFalse(told.toString().contains(SECRET), told.toString());
                List<String> names = told.stream().map(Served.Told::name).toList();
                assertTrue(names.indexOf("delta") > 0, names.toString());
                assertTrue(names.lastIndexOf("delta") < names.indexOf("assistant_said"), names.toString());
                String heard = told.stream()
                        .filter(each -> each.name().equals("delta"))
                        .map(each -> each.data().path("text").asString())
                        .collect(Collectors.joining());
                String whole = told.get(names.indexOf("assistant_said"))
                        .data()
                        .at("/content/0/text")
                        .asString();
                assertTrue(whole.contains("⟨secret:"), whole);
                assertTrue(whole.startsWith(heard), heard);
                assertEquals("run_ended", names.getLast());
            }
        }
    }

    @Test
    void anAnswerIsHeardWhileAnotherReplicaWritesItOverPostgres() throws Exception {
        fettle.environment.put("DATABASE_URL", database("replicas"));
        anAnswerIsHeard();
    }

    @Test
    void anAnswerIsHeardWhileAnotherReplicaWritesItOverRedis() throws Exception {
        try (LoopbackRedis redis = new LoopbackRedis()) {
            fettle.environment.put("DATABASE_URL", database("replicas_redis"));
            fettle.environment.put("REDIS_URL", redis.url().toString());
            anAnswerIsHeard();
        }
    }
}
