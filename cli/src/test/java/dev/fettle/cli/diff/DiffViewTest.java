package dev.fettle.cli.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.cli.text.Screen;
import dev.fettle.cli.text.Style;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiffViewTest {
    private static final Style COLOR = new Style(true);

    private static List<String> lines(String name, Style style, int width, int most) throws IOException {
        return new DiffView(style, width, most).lines(Screen.read(DiffViewTest.class, name));
    }

    @Test
    void anEditOnAWideScreenHasNumbersAndWords() throws IOException {
        Screen.assertShows(getClass(), "edit-100-color.txt", lines("edit.diff", COLOR, 100, 50));
    }

    @Test
    void aPatchOfGitOnANarrowScreen() throws IOException {
        Screen.assertShows(getClass(), "git-40-color.txt", lines("git.diff", COLOR, 40, 50));
    }

    @Test
    void withoutColorTheSignsSayIt() throws IOException {
        Screen.assertShows(getClass(), "edit-40-plain.txt", lines("edit.diff", Style.PLAIN, 40, 50));
    }

    @Test
    void whatIsTooLongIsCounted() throws IOException {
        List<String> lines = lines("edit.diff", Style.PLAIN, 40, 5);
        assertEquals(6, lines.size());
        assertEquals("… 10 more lines", lines.getLast());
    }

    @Test
    void aHugeRewriteIsNotCompared() {
        String diff = "@@ -1,20000 +1,20000 @@\n" + "-old line\n".repeat(20_000) + "+new line\n".repeat(20_000);
        List<String> lines = new DiffView(COLOR, 80, 100).lines(diff);
        assertEquals(101, lines.size());
        assertEquals("{2:… 39,900 more lines}", Screen.of(lines.subList(100, 101)));
    }

    @Test
    void onlyHunksMakeADiff() {
        assertTrue(DiffView.isDiff("Edited x\n@@ -1 +1 @@\n-a\n+b"));
        assertFalse(DiffView.isDiff("- a list\n+ of things @@ -1"));
    }
}
