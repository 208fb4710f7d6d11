package dev.fettle.bench.feed;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionId;
import dev.fettle.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Has another process append, and counts the time until the event is in a reader's hands.
public final class FeedCost {
    private static final int SESSIONS = 10;
    private static final int EVENTS = 2_000;
    private static final int WARM_UP = 200;

    private FeedCost() {}

    /// Measures and prints.
    ///
    /// @param arguments a URL of Redis, if there is one
    public static void main(String[] arguments) throws Exception {
        String postgres = PostgresServer.shared().url("postgres").toString();
        report("PostgreSQL, NOTIFY", postgres);
        if (arguments.length > 0) {
            report("PostgreSQL, Redis", postgres + " " + arguments[0]);
        }
        report("PostgreSQL, every notice lost", postgres + " redis://127.0.0.1:1");
        report(
                "SQLite, two processes",
                Files.createTempDirectory("fettle-feed-").resolve("sessions.db").toString());
        for (int threads : List.of(1, 8)) {
            System.out.printf(
                    "%-32s %6.0f appends/s%n",
                    threads + " at once, announced", AppendCost.perSecond(postgres, threads));
        }
    }

    private static void report(String name, String address) throws Exception {
        long[] micros = latencies(address);
        Arrays.sort(micros);
        System.out.printf(
                "%-32s p50 %6.1f ms  p99 %6.1f ms  most %6.1f ms%n",
                name,
                micros[micros.length / 2] / 1e3,
                micros[micros.length * 99 / 100] / 1e3,
                micros[micros.length - 1] / 1e3);
    }

    private static long[] latencies(String address) throws Exception {
        Place place = Place.open(address);
        ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
        try (AutoCloseable _ = place.store()) {
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Writer.class.getName(),
                    address,
                    Integer.toString(EVENTS)));
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                SessionId id = place.sessions().create("/work", "Watched").id();
                command.add(id.value());
                readers.add(Thread.ofVirtual().start(() -> read(place.feed(), id, micros)));
            }
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IOException("The writer ended with " + exit);
            }
            for (Thread each : readers) {
                each.join();
            }
        }
        return micros.stream().skip(WARM_UP).mapToLong(Long::longValue).toArray();
    }

    private static void read(Feed feed, SessionId id, ConcurrentLinkedQueue<Long> micros) {
        try (Feed.Cursor cursor = feed.follow(id, 0)) {
            for (int seen = 0; seen < EVENTS / SESSIONS; ) {
                cursor.await(Duration.ofMinutes(1));
                for (LogEntry entry : cursor.read()) {
                    seen++;
                    if (entry.event() instanceof Event.UserSaid said) {
                        micros.add(Writer.now() - Long.parseLong(said.text()));
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
