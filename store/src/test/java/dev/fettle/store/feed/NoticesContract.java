package dev.fettle.store.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.feed.Notice;
import dev.fettle.core.feed.Notices;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What notices do over every line.
@Timeout(60)
public abstract class NoticesContract {
    private static final Notice ANYTHING = new Notice.Anything();

    private final SessionId session = SessionId.at(Instant.EPOCH);
    private final RunId run = RunId.at(Instant.EPOCH);

    protected abstract Line line();

    /// Breaks all connections, and lets nobody connect.
    protected abstract void breakOff() throws Exception;

    protected abstract void mend() throws Exception;

    /// What is heard, from when the line is up.
    private static BlockingQueue<Notice> heard(Notices notices) throws InterruptedException {
        BlockingQueue<Notice> heard = new LinkedBlockingQueue<>();
        Notices.Listening _ = notices.listen(heard::add);
        assertEquals(ANYTHING, heard.take());
        return heard;
    }

    @Test
    void whatIsAnnouncedIsHeardElsewhereAndOnceHere() throws Exception {
        try (RelayedNotices here = new RelayedNotices(line());
                RelayedNotices there = new RelayedNotices(line())) {
            BlockingQueue<Notice> heardHere = heard(here);
            BlockingQueue<Notice> heardThere = heard(there);
            List<Notice> all = List.of(
                    new Notice.Appended(session, 7),
                    new Notice.RunChanged(session, run, true),
                    new Notice.RunChanged(session, RunId.at(Instant.EPOCH), false),
                    new Notice.Said(session, new Piece(7, Piece.Kind.REASONING, 0, "Hm, 🙂\n")),
                    new Notice.Said(session, new Piece(7, Piece.Kind.TEXT, 120, "")));
            for (Notice each : all) {
                here.announce(each);
                assertEquals(each, heardHere.take());
                assertEquals(each, heardThere.take());
            }
            there.announce(new Notice.Appended(session, 8));
            assertEquals(new Notice.Appended(session, 8), heardHere.take());
        }
    }

    @Test
    void whatIsAnnouncedTogetherIsToldTogether() throws Exception {
        try (RelayedNotices here = new RelayedNotices(line());
                RelayedNotices there = new RelayedNotices(line())) {
            BlockingQueue<Notice> heard = heard(there);
            int sessions = 500;
            for (int i = 1; i <= 20; i++) {
                for (int j = 0; j < sessions; j++) {
                    here.announce(new Notice.Appended(id(j), i));
                }
            }
            int told = 0;
            for (int done = 0; done < sessions; told++) {
                if (heard.take() instanceof Notice.Appended appended && appended.seq() == 20) {
                    done++;
                }
            }
            assertTrue(told < 20 * sessions, told + " notices");
        }
    }

    @Test
    void whatAModelSaysIsPutTogether() throws Exception {
        try (RelayedNotices here = new RelayedNotices(line());
                RelayedNotices there = new RelayedNotices(line())) {
            BlockingQueue<Notice> heard = heard(there);
            int words = 2_000;
            for (int i = 0; i < words; i++) {
                here.announce(new Notice.Said(session, new Piece(7, Piece.Kind.TEXT, 5L * i, "word ")));
            }
            int told = 0;
            for (long next = 0; next < 5L * words; told++) {
                Piece piece = ((Notice.Said) heard.take()).piece();
                assertEquals(next, piece.at());
                next += piece.text().length();
            }
            assertTrue(told < words / 10, told + " pieces");
        }
    }

    private static SessionId id(int number) {
        return new SessionId("ses_%032x".formatted(number));
    }

    @Test
    void theLastWordsOfAProcessAreTold() throws Exception {
        try (RelayedNotices there = new RelayedNotices(line())) {
            BlockingQueue<Notice> heard = heard(there);
            try (RelayedNotices here = new RelayedNotices(line())) {
                here.announce(new Notice.Appended(session, 1));
            }
            assertEquals(new Notice.Appended(session, 1), heard.take());
        }
    }

    @Test
    void aBrokenLineIsNobodysTroubleAndMendsByItself() throws Exception {
        try (RelayedNotices here = new RelayedNotices(line());
                RelayedNotices there = new RelayedNotices(line())) {
            BlockingQueue<Notice> heard = heard(there);
            breakOff();
            here.announce(new Notice.Appended(session, 1));
            mend();
            assertEquals(ANYTHING, heard.take());
            // The first ones may be told into a connection that is gone.
            long seq = 2;
            while (heard.isEmpty()) {
                here.announce(new Notice.Appended(session, seq++));
                Thread.onSpinWait();
            }
            assertTrue(heard.take() instanceof Notice.Appended);
        }
    }

    @Test
    void whatWasNeverUsedIsClosedAndSaysNothing() {
        RelayedNotices notices = new RelayedNotices(line());
        notices.close();
        notices.announce(new Notice.Appended(session, 1));
        notices.close();
    }
}
