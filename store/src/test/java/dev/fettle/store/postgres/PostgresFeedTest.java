package dev.fettle.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.run.RunLimits;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.SessionId;
import dev.fettle.store.OtherProcess;
import dev.fettle.store.feed.FeedContract;
import dev.fettle.testkit.postgres.PostgresServer;
import dev.fettle.testkit.redis.LoopbackRedis;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresFeedTest extends FeedContract {
    private final PostgresServer server = PostgresServer.shared();
    private final FreshDatabase database = new FreshDatabase();
    private final PostgresSessionStore here = database.open();
    private final PostgresSessionStore there = database.open();

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static Part part(PostgresSessionStore store) {
        return new Part(store, store.feed(), store.runs(RunLimits.DEFAULT));
    }

    @Override
    protected Part here() {
        return part(here);
    }

    @Override
    protected Part there() {
        return part(there);
    }

    private interface Trouble {
        void make() throws Exception;
    }

    /// Has one store write and another watch while something goes wrong three times.
    ///
    /// @return what was seen
    private static List<LogEntry> watched(PostgresSessionStore watching, PostgresSessionStore writing, Trouble trouble)
            throws Exception {
        SessionId id = writing.create("/work", "Watched").id();
        AtomicLong written = new AtomicLong();
        AtomicLong last = new AtomicLong(Long.MAX_VALUE);
        AtomicBoolean isOver = new AtomicBoolean();
        Thread writer = Thread.ofVirtual().start(() -> {
            try (EventLog log = writing.open(id)) {
                while (!isOver.get()) {
                    written.set(
                            log.append(new Event.UserSaid("Event", List.of())).seq());
                }
                last.set(written.get());
            }
        });
        List<LogEntry> seen = new ArrayList<>();
        Thread watcher = Thread.ofVirtual().start(() -> {
            try (Feed.Cursor cursor = watching.feed().follow(id, 0)) {
                while (seen.size() < last.get()) {
                    seen.addAll(cursor.read());
                    cursor.await(Duration.ofMillis(100));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 1; i <= 3; i++) {
            while (written.get() < i * 50L) {
                Thread.onSpinWait();
            }
            trouble.make();
        }
        long target = written.get() + 50;
        while (written.get() < target) {
            Thread.onSpinWait();
        }
        isOver.set(true);
        writer.join();
        watcher.join();
        assertEquals(writing.history(id), seen);
        return seen;
    }

    @Test
    void aRestartOfTheServerLosesAndRepeatsNothing() throws Exception {
        List<LogEntry> seen = watched(here, there, () -> {
            server.stop();
            server.start();
        });
        assertTrue(seen.size() >= 200);
    }

    @Test
    void cutConnectionsLoseAndRepeatNothing() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(server.port());
                PostgresSessionStore watching = PostgresSessionStore.open(new PostgresSessionStore.Options(
                        URI.create(database.url().toString().replace(":" + server.port(), ":" + proxy.port())), 2))) {
            watched(watching, there, () -> proxy.cutAfter(3));
        }
    }

    @Test
    void whenAllNoticesAreLostEverythingIsSeenAllTheSame() throws Exception {
        // Nobody listens on the port that is no service's.
        URI nowhere = URI.create("redis://127.0.0.1:1");
        try (PostgresSessionStore deaf = PostgresSessionStore.open(
                new PostgresSessionStore.Options(database.url(), 4).withRedis(Optional.of(nowhere)))) {
            watched(deaf, there, () -> {});
        }
    }

    @Test
    void aRedisThatComesAndGoesLosesAndRepeatsNothing() throws Exception {
        try (LoopbackRedis redis = new LoopbackRedis();
                PostgresSessionStore watching = PostgresSessionStore.open(
                        new PostgresSessionStore.Options(database.url(), 4).withRedis(Optional.of(redis.url())));
                PostgresSessionStore writing = PostgresSessionStore.open(
                        new PostgresSessionStore.Options(database.url(), 4).withRedis(Optional.of(redis.url())))) {
            watched(watching, writing, () -> {
                redis.stop();
                redis.start();
            });
        }
    }

    /// Has one store hear what is being written in another.
    private static void heard(PostgresSessionStore watching, PostgresSessionStore writing) throws Exception {
        SessionId id = writing.create("/work", "Watched").id();
        try (EventLog log = writing.open(id);
                Feed.Cursor cursor = watching.feed().follow(id, 0)) {
            log.append(new Event.UserSaid("Event", List.of()));
            assertEquals(upTo(1), read(cursor, 1));
            Piece last = new Piece(1, Piece.Kind.TEXT, 0, "Es ");
            List<Piece> heard = List.of();
            // Until the other listens.
            while (heard.isEmpty()) {
                log.show(last);
                heard = heard(cursor, Duration.ofMillis(20));
            }
            for (String word : List.of("war ", "schön.\n", "🙂")) {
                last = new Piece(1, Piece.Kind.TEXT, last.at() + last.text().length(), word);
                log.show(last);
                while (heard.isEmpty() || !heard.getLast().text().endsWith(word)) {
                    heard = heard(cursor, LONG);
                }
                assertEquals(
                        last.at() + word.length(),
                        heard.getLast().at() + heard.getLast().text().length());
            }
            log.append(new Event.UserSaid("Event", List.of()));
            assertEquals(List.of(2L), read(cursor, 1));
        }
    }

    private static List<Piece> heard(Feed.Cursor cursor, Duration atMost) throws InterruptedException {
        List<Piece> heard = cursor.hear(atMost);
        if (heard.isEmpty() && cursor.await(Duration.ZERO)) {
            assertEquals(List.of(), cursor.read());
        }
        return heard;
    }

    @Test
    void anAnswerIsHeardInAnotherStoreWhileItIsWritten() throws Exception {
        heard(here, there);
    }

    @Test
    void anAnswerIsHeardOverRedisWhileItIsWritten() throws Exception {
        try (LoopbackRedis redis = new LoopbackRedis();
                PostgresSessionStore watching = PostgresSessionStore.open(
                        new PostgresSessionStore.Options(database.url(), 4).withRedis(Optional.of(redis.url())));
                PostgresSessionStore writing = PostgresSessionStore.open(
                        new PostgresSessionStore.Options(database.url(), 4).withRedis(Optional.of(redis.url())))) {
            heard(watching, writing);
        }
    }

    @Test
    void whatAnotherProcessWritesIsSeen(@TempDir Path directory) throws Exception {
        SessionId session = here.create("/work", "Watched").id();
        Process process = OtherProcess.start(
                ClientProcess.class, directory, database.url().toString(), "append", session.value());
        try (Feed.Cursor cursor = here.feed().follow(session, 0);
                var output = OtherProcess.awaitLine(process, "ready")) {
            // What it prints must not fill the pipe.
            Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
            process.outputWriter().write("\n");
            process.outputWriter().flush();
            assertEquals(upTo(200), read(cursor, 200).subList(0, 200));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
