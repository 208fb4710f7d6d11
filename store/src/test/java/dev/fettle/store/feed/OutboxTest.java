package dev.fettle.store.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.feed.Notice;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.SessionId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OutboxTest {
    private final Outbox outbox = new Outbox();

    private static Notice.Said said(int session, long after, long at, String text) {
        return new Notice.Said(
                new SessionId("ses_%032x".formatted(session)), new Piece(after, Piece.Kind.TEXT, at, text));
    }

    @Test
    void nothingIsKeptWithoutBoundForALineThatDoesNotMove() throws Exception {
        String text = "x".repeat(Piece.MOST);
        for (int i = 0; i < 100_000; i++) {
            outbox.add(said(i % 100, 1, (long) Piece.MOST * (i / 100), text));
        }
        assertEquals(1_000, outbox.take().size());
    }

    @Test
    void piecesOfAnAnswerThatIsThereAreNotSent() throws Exception {
        outbox.add(said(1, 4, 0, "Hel"));
        outbox.add(said(2, 4, 0, "Hm."));
        outbox.add(new Notice.Appended(said(1, 4, 0, "").session(), 5));
        outbox.add(said(1, 5, 0, "Next"));
        assertEquals(
                List.of(
                        new Notice.Appended(said(1, 4, 0, "").session(), 5),
                        said(2, 4, 0, "Hm."),
                        said(1, 5, 0, "Next")),
                outbox.take());
    }

    @Test
    void anAnswerThatBeginsAnewIsNotJoinedToTheOld() throws Exception {
        outbox.add(said(1, 4, 0, "Hel"));
        outbox.add(said(1, 4, 0, ""));
        outbox.add(said(1, 4, 0, "Good day"));
        assertEquals(List.of(said(1, 4, 0, "Hel"), said(1, 4, 0, "Good day")), outbox.take());
    }

    @Test
    void whatIsLeftIsTakenWhenItIsClosed() throws Exception {
        outbox.add(said(1, 4, 0, "Hel"));
        outbox.take();
        outbox.add(said(1, 4, 3, "lo"));
        outbox.close();
        assertEquals(List.of(said(1, 4, 3, "lo")), outbox.take());
        assertTrue(outbox.take().isEmpty());
    }
}
