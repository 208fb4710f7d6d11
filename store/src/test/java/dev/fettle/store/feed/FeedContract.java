package dev.fettle.store.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunCarrier;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.turn.HandOver;
import dev.fettle.store.run.RunEngine;
import dev.fettle.store.run.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What whoever watches the sessions of one store sees while another, as another process would have it, writes them.
@Timeout(120)
public abstract class FeedContract {
    protected static final Duration LONG = Duration.ofSeconds(100);

    /// A store, as a process of its own would open it.
    public record Part(SessionStore sessions, Feed feed, Runs runs) {}

    /// The one that is watched.
    protected abstract Part here();

    /// The one that writes.
    protected abstract Part there();

    private SessionId session() {
        return there().sessions().create("/work", "Watched").id();
    }

    protected static void append(SessionStore store, SessionId session, int count) {
        try (EventLog log = store.open(session)) {
            for (int i = 0; i < count; i++) {
                log.append(new Event.UserSaid("Event", List.of()));
            }
        }
    }

    /// Reads until there are so many, waiting in between.
    protected static List<Long> read(Feed.Cursor cursor, int count) throws InterruptedException {
        List<Long> seen = new ArrayList<>();
        while (true) {
            cursor.read().stream().map(LogEntry::seq).forEach(seen::add);
            if (seen.size() >= count) {
                return seen;
            }
            assertTrue(cursor.await(LONG), () -> "stuck after " + seen.size());
        }
    }

    protected static List<Long> upTo(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    @Test
    void everyEventOfAnotherStoreComesOnceAndInOrder() throws Exception {
        int events = 300;
        List<SessionId> sessions = List.of(session(), session(), session());
        List<Thread> writers = sessions.stream()
                .map(id -> Thread.ofVirtual().start(() -> append(there().sessions(), id, events)))
                .toList();
        for (SessionId id : sessions) {
            try (Feed.Cursor cursor = here().feed().follow(id, 0)) {
                assertEquals(upTo(events), read(cursor, events));
            }
        }
        for (Thread each : writers) {
            each.join();
        }
    }

    @Test
    void aThousandWhoWatchGetTheirOwnEvents() throws Exception {
        int watchers = 1_000;
        List<SessionId> sessions = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sessions.add(session());
        }
        Map<Integer, List<Long>> seen = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < watchers; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> {
                try (Feed.Cursor cursor = here().feed().follow(sessions.get(number % sessions.size()), 0)) {
                    seen.put(number, read(cursor, 4));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (int i = 0; i < 2; i++) {
            sessions.forEach(id -> append(there().sessions(), id, 2));
        }
        for (Thread each : threads) {
            each.join();
        }
        Map<Integer, List<Long>> expected = new HashMap<>();
        for (int i = 0; i < watchers; i++) {
            expected.put(i, upTo(4));
        }
        assertEquals(expected, seen);
    }

    private record Completing() implements RunCarrier {
        @Override
        public Progress carry(Run run, Optional<Answered> answered, HandOver handOver) {
            return new Progress.Ended(new Outcome.Completed());
        }

        @Override
        public void end(Run run, Outcome outcome) {}
    }

    @Test
    void aRunAskedForInOneStoreIsTakenUpInAnotherThatNeverPolls() throws Exception {
        RunEngine.Options never =
                new RunEngine.Options(2, Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofSeconds(10));
        SessionId session = session();
        try (Feed.Cursor cursor = there().feed().follow(session, 0);
                RunEngine engine = here().runs().engine(new Completing(), List.of(), never)) {
            engine.start();
            for (int i = 0; i < 3; i++) {
                Run run = there().runs().queue().submit(session, new RunRequest("Go", List.of(), Map.of(), true));
                while (!run.hasEnded()) {
                    assertTrue(cursor.await(LONG));
                    run = there().runs().queue().find(run.id()).orElseThrow();
                }
            }
        }
    }
}
