package dev.fettle.cli.highlight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.cli.text.Screen;
import dev.fettle.cli.text.Style;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HighlighterTest {
    private static final Style COLOR = new Style(true);

    @Test
    void samplesOfAllLanguages() throws IOException {
        List<String> lines = new ArrayList<>();
        Highlighter highlighter = Highlighter.of("", COLOR);
        for (String line : Screen.read(getClass(), "samples.md").lines().toList()) {
            if (line.startsWith("```")) {
                highlighter = Highlighter.of(line.substring(3), COLOR);
                lines.add(line);
            } else {
                lines.add(highlighter.line(line));
            }
        }
        Screen.assertShows(getClass(), "samples.txt", lines);
    }

    @Test
    void theCharactersStayTheSameWhateverTheyAre() {
        String letters = "ab \"'`/*#-<>!@$\\{}[]();:=.01é日_\n";
        for (String language : List.of("java", "python", "rust", "bash", "html", "yaml", "json", "sql", "php", "lua")) {
            for (int seed = 0; seed < 300; seed++) {
                Random random = new Random(seed);
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < 200; i++) {
                    text.append(letters.charAt(random.nextInt(letters.length())));
                }
                Highlighter highlighter = Highlighter.of(language, COLOR);
                for (String line : text.toString().split("\n", -1)) {
                    assertEquals(line, highlighter.line(line).replaceAll("\u001b\\[[0-9;]*m", ""));
                }
            }
        }
    }

    /// Ends only if the work grows with the line.
    @Test
    void aLineOfAMegabyteIsColored() {
        for (String piece : List.of("\"", "'a", "/*", "x", "<", "{\"a\":1},", "1.", "\\", "$", " ")) {
            for (String language : List.of("java", "rust", "json", "html", "bash", "yaml")) {
                String line = piece.repeat(1_000_000 / piece.length());
                String colored = Highlighter.of(language, COLOR).line(line);
                assertEquals(
                        line.length(),
                        colored.replaceAll("\u001b\\[[0-9;]*+m", "").length());
            }
        }
    }

    @Test
    void nothingIsColoredWhereThatIsNotWanted() {
        assertEquals("int x = 1; ]0;", Highlighter.of("java", Style.PLAIN).line("int x = 1; \u001b]0;\u0007"));
    }
}
