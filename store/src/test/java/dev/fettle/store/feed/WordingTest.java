package dev.fettle.store.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.feed.Notice;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.SessionId;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class WordingTest {
    private final Wording wording = new Wording("me");

    @Test
    void aThousandNoticesTakeAFewTextsThatFit() {
        List<Notice> notices = LongStream.range(0, 1_000)
                .<Notice>mapToObj(i -> new Notice.Appended(new SessionId("ses_%032x".formatted(i)), i))
                .toList();
        List<String> texts = wording.write(notices);
        assertTrue(texts.size() < 10, texts.size() + " texts");
        assertTrue(texts.stream().allMatch(text -> text.length() <= Line.MOST));
        assertEquals(
                notices,
                texts.stream()
                        .flatMap(text -> new Wording("other").read(text).stream())
                        .toList());
        assertEquals(List.of(), wording.read(texts.getFirst()));
    }

    @Test
    void theLongestPieceFits() {
        for (String text : List.of("漢".repeat(Piece.MOST), "🙂".repeat(Piece.MOST / 2), " \n".repeat(20))) {
            Notice said = new Notice.Said(
                    new SessionId("ses_%032x".formatted(1)),
                    new Piece(Long.MAX_VALUE, Piece.Kind.REASONING, Long.MAX_VALUE, text));
            Wording long36 = new Wording("x".repeat(36));
            List<String> texts = long36.write(List.of(said, said));
            assertTrue(texts.stream().allMatch(each -> each.length() <= Line.MOST), texts.toString());
            assertEquals(
                    List.of(said, said),
                    texts.stream().flatMap(each -> wording.read(each).stream()).toList());
        }
    }

    @Test
    void whatIsNotUnderstoodIsLookedAt() {
        for (String line : List.of(
                "ses_x 1",
                "hello",
                "ses_00000000000000000000000000000000 x",
                "a b c d",
                "ses_%s 4 text 3 %%".formatted("0".repeat(32)))) {
            assertEquals(List.of(new Notice.Anything()), wording.read("other\n" + line), line);
        }
        assertEquals(List.of(), wording.read(""));
    }
}
