package dev.fettle.tools.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LfViewTest {

    @Test
    void findsTheWayBackWhateverTheLineEnds() {
        Random random = new Random(1);
        for (int run = 0; run < 2000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(List.of("a", "\r\n", "\n", "\r", "b").get(random.nextInt(5)));
            }
            LfView view = new LfView(text.toString());
            int place = random.nextInt(view.text().length() + 1);
            int length = random.nextInt(view.text().length() - place + 1);
            String replaced = view.replace(List.of(place), length, "X");
            String expected =
                    view.text().substring(0, place) + "X" + view.text().substring(place + length);
            assertEquals(expected, LfView.toLf(replaced), text.toString());
        }
    }

    @Test
    void countsLines() {
        LfView view = new LfView("a\r\nb\r\nb");
        assertEquals(List.of(2, 4), view.find("b"));
        assertEquals(List.of(2, 3), view.find("b").stream().map(view::lineOf).toList());
    }

    @Test
    void doesNotFindTextThatOverlapsItself() {
        assertEquals(List.of(0, 2), new LfView("aaaaa").find("aa"));
    }
}
