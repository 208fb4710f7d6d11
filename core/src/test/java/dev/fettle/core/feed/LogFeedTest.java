package dev.fettle.core.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LogFeedTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final SessionId SESSION = SessionId.at(Instant.EPOCH);

    private final Logs logs = new Logs();
    private final LocalNotices notices = new LocalNotices();
    private final BlockingQueue<Integer> looks = new LinkedBlockingQueue<>();
    private final Map<SessionId, Heads.Head> heads = new HashMap<>();
    private final LogFeed feed = new LogFeed(logs, this::heads, notices);

    @AfterEach
    void close() {
        feed.close();
    }

    private synchronized Map<SessionId, Heads.Head> heads(java.util.Set<SessionId> sessions) {
        looks.add(sessions.size());
        return Map.copyOf(heads);
    }

    private synchronized void head(long seq, String runs) {
        heads.put(SESSION, new Heads.Head(seq, runs));
    }

    /// Sessions that can only be read, and how often they were.
    private static final class Logs implements SessionStore {
        final AtomicInteger reads = new AtomicInteger();
        private final Map<SessionId, List<LogEntry>> entries = new HashMap<>();
        private Optional<SessionException> trouble = Optional.empty();

        synchronized long add(SessionId session) {
            List<LogEntry> log = entries.computeIfAbsent(session, _ -> new ArrayList<>());
            log.add(new LogEntry(log.size() + 1, Instant.EPOCH, new Event.UserSaid("Event", List.of())));
            return log.size();
        }

        synchronized void fail(Optional<SessionException> with) {
            trouble = with;
        }

        @Override
        public synchronized List<LogEntry> history(SessionId id, long after) {
            reads.incrementAndGet();
            if (trouble.isPresent()) {
                throw trouble.get();
            }
            return entries.getOrDefault(id, List.of()).stream()
                    .filter(entry -> entry.seq() > after)
                    .toList();
        }

        @Override
        public Session create(String workspace, String title, String user) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Session> find(SessionId id) {
            return Optional.empty();
        }

        @Override
        public List<Session> list(SessionFilter filter) {
            return List.of();
        }

        @Override
        public void rename(SessionId id, String title) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(SessionId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Session fork(SessionId id, long last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public EventLog open(SessionId id) {
            throw new UnsupportedOperationException();
        }
    }

    private void append(SessionId session) {
        notices.announce(new Notice.Appended(session, logs.add(session)));
    }

    private static List<Long> numbers(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::seq).toList();
    }

    /// Reads until it has so many, waiting in between.
    private static List<Long> read(Feed.Cursor cursor, int count) throws InterruptedException {
        List<Long> seen = new ArrayList<>(numbers(cursor.read()));
        while (seen.size() < count) {
            cursor.await(LONG);
            seen.addAll(numbers(cursor.read()));
        }
        return seen;
    }

    private static List<Long> upTo(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    /// The first look counts as a change; this has it over.
    private Feed.Cursor settled() throws InterruptedException {
        head(0, "");
        Feed.Cursor cursor = feed.follow(SESSION, 0);
        assertTrue(cursor.await(LONG));
        return cursor;
    }

    @Test
    void whatIsThereIsReadAndThenWhatComes() throws Exception {
        logs.add(SESSION);
        logs.add(SESSION);
        try (Feed.Cursor cursor = feed.follow(SESSION, 1)) {
            assertEquals(List.of(2L), numbers(cursor.read()));
            append(SESSION);
            assertTrue(cursor.await(LONG));
            assertEquals(List.of(3L), numbers(cursor.read()));
            assertEquals(List.of(), cursor.read());
        }
    }

    @Test
    void whenNothingComesTheTimeIsOver() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            assertFalse(cursor.await(Duration.ofMillis(1)));
        }
    }

    @Test
    void aNoticeOfWhatTheLogHasNotGotWakesOnce() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            notices.announce(new Notice.Appended(SESSION, 7));
            assertTrue(cursor.await(LONG));
            assertEquals(List.of(), cursor.read());
            assertFalse(cursor.await(Duration.ofMillis(1)));
        }
    }

    @Test
    void lostNoticesAreMadeUpForByALook() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            head(logs.add(SESSION), "");
            assertTrue(cursor.await(LONG));
            assertEquals(List.of(1L), numbers(cursor.read()));
        }
    }

    @Test
    void whenNoticesMayBeLostItLooksAtOnce() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            looks.clear();
            for (int i = 0; i < 20; i++) {
                notices.announce(new Notice.Anything());
                looks.take();
            }
            assertEquals(List.of(), cursor.read());
        }
    }

    @Test
    void aRunThatStandsDifferentlyWakes() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            notices.announce(new Notice.RunChanged(SESSION, RunId.at(Instant.EPOCH), true));
            assertTrue(cursor.await(LONG));
            head(0, "running");
            assertTrue(cursor.await(LONG));
        }
    }

    @Test
    void whatChangesWhileSomebodyLooksIsNotMissed() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            notices.announce(new Notice.RunChanged(SESSION, RunId.at(Instant.EPOCH), true));
            cursor.read();
            assertTrue(cursor.await(LONG));
        }
    }

    @Test
    void aSessionThatGoesWakesWhoWatchesIt() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            synchronized (this) {
                heads.clear();
            }
            logs.fail(Optional.of(new SessionException(SessionException.Kind.NOT_FOUND, "Gone")));
            assertTrue(cursor.await(LONG));
            assertEquals(
                    SessionException.Kind.NOT_FOUND,
                    assertThrows(SessionException.class, cursor::read).kind());
        }
    }

    @Test
    void aReadThatFailedLosesNothing() {
        try (Feed.Cursor cursor = feed.follow(SESSION, 0)) {
            logs.add(SESSION);
            logs.fail(Optional.of(new SessionException(SessionException.Kind.STORAGE, "Away")));
            assertThrows(SessionException.class, cursor::read);
            logs.fail(Optional.empty());
            assertEquals(List.of(1L), numbers(cursor.read()));
        }
    }

    @Test
    void whileNobodyWatchesNothingIsAsked() throws Exception {
        Feed.Cursor first = settled();
        Feed.Cursor second = feed.follow(SESSION, 0);
        first.close();
        first.close();
        head(1, "");
        assertTrue(second.await(LONG));
        second.close();
        looks.clear();
        notices.announce(new Notice.Anything());
        try (Feed.Cursor third = feed.follow(SESSION, 0)) {
            assertTrue(third.await(LONG));
            assertTrue(looks.stream().allMatch(size -> size == 1), looks.toString());
        }
    }

    @Test
    void aThousandWhoWatchOneSessionReadItTogether() throws Exception {
        int events = 50;
        List<List<Long>> seen = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        CountDownLatch following = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try (Feed.Cursor cursor = feed.follow(SESSION, 0)) {
                    following.countDown();
                    List<Long> read = read(cursor, events);
                    synchronized (seen) {
                        seen.add(read);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        following.await();
        IntStream.range(0, events).forEach(_ -> append(SESSION));
        for (Thread each : threads) {
            each.join();
        }
        assertEquals(1_000, seen.size());
        assertTrue(seen.stream().allMatch(upTo(events)::equals));
        assertTrue(logs.reads.get() < 1_000 * events / 2, logs.reads + " reads");
    }

    @Test
    void whoNeverReadsHoldsUpNobody() throws Exception {
        try (Feed.Cursor _ = feed.follow(SESSION, 0);
                Feed.Cursor quick = feed.follow(SESSION, 0)) {
            for (int i = 1; i <= 100; i++) {
                append(SESSION);
                assertTrue(quick.await(LONG));
                assertEquals(List.of((long) i), numbers(quick.read()));
            }
        }
    }

    @Test
    void whoWaitsIsWokenWhenTheFeedCloses() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            feed.close();
            assertTrue(cursor.await(LONG));
        }
    }

    private static Piece piece(long after, long at, String text) {
        return new Piece(after, Piece.Kind.TEXT, at, text);
    }

    private void say(Piece... pieces) {
        for (Piece each : pieces) {
            notices.announce(new Notice.Said(SESSION, each));
        }
    }

    @Test
    void whatIsBeingWrittenIsHeardInAsFewPiecesAsItTakes() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            say(piece(0, 0, "Hel"));
            assertEquals(List.of(piece(0, 0, "Hel")), cursor.hear(LONG));
            say(piece(0, 3, "lo, "), piece(0, 7, "wor"), new Piece(0, Piece.Kind.REASONING, 0, "Hm."));
            assertEquals(
                    List.of(piece(0, 3, "lo, wor"), new Piece(0, Piece.Kind.REASONING, 0, "Hm.")), cursor.hear(LONG));
            say(piece(0, 20, "?"));
            assertEquals(List.of(piece(0, 20, "?")), cursor.hear(LONG));
            assertEquals(List.of(), cursor.hear(Duration.ofMillis(1)));
            assertFalse(cursor.await(Duration.ofMillis(1)));
            assertEquals(0, logs.reads.get());
        }
    }

    @Test
    void whatThereIsToReadComesBeforeWhatIsHeard() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            say(piece(0, 0, "an answer"));
            append(SESSION);
            say(piece(1, 0, "the next"));
            assertEquals(List.of(), cursor.hear(LONG));
            assertTrue(cursor.await(Duration.ZERO));
            assertEquals(List.of(1L), numbers(cursor.read()));
            // Late, and in the log by now.
            say(piece(0, 9, ", late"));
            assertEquals(List.of(piece(1, 0, "the next")), cursor.hear(LONG));
        }
    }

    @Test
    void aPieceTellsHowFarTheSessionIs() throws Exception {
        try (Feed.Cursor cursor = settled()) {
            say(piece(logs.add(SESSION), 0, "Hel"));
            assertEquals(List.of(), cursor.hear(LONG));
            assertEquals(List.of(1L), numbers(cursor.read()));
            assertEquals(List.of(piece(1, 0, "Hel")), cursor.hear(LONG));
        }
    }

    @Test
    void whoComesInTheMiddleHearsWhatOthersCouldAndWhoWaitsForEventsNothing() throws Exception {
        try (Feed.Cursor _ = settled();
                Feed.Cursor behind = feed.follow(SESSION, Long.MAX_VALUE)) {
            say(piece(0, 12, "in the "));
            try (Feed.Cursor late = feed.follow(SESSION, 0)) {
                say(piece(0, 19, "middle"));
                assertEquals(List.of(piece(0, 12, "in the middle")), late.hear(LONG));
            }
            assertEquals(List.of(), behind.hear(Duration.ofMillis(1)));
            assertFalse(behind.await(Duration.ofMillis(1)));
        }
    }

    @Test
    void whoListensTooSlowlyMissesTheOldest() throws Exception {
        try (Feed.Cursor slow = settled()) {
            int pieces = 100_000;
            for (int i = 0; i < pieces; i++) {
                say(piece(0, i, "x"));
            }
            List<Piece> heard = slow.hear(LONG);
            long first = heard.getFirst().at();
            assertTrue(first > pieces / 2, first + " is the first");
            assertEquals(
                    pieces - first,
                    heard.stream().mapToInt(each -> each.text().length()).sum());
        }
    }

    @Test
    void anAnnouncedLogTellsOfWhatItKept() {
        List<Notice> told = new ArrayList<>();
        try (Notices.Listening _ = notices.listen(told::add)) {
            append(SESSION);
        }
        append(SESSION);
        assertEquals(List.of(new Notice.Appended(SESSION, 1)), told);
    }
}
