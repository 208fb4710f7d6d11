package dev.fettle.cli.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.cli.text.Columns;
import dev.fettle.cli.text.Screen;
import dev.fettle.cli.text.Style;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownStreamTest {
    private static List<String> set(String text, int width, Style style) {
        List<String> lines = new ArrayList<>();
        MarkdownStream stream = new MarkdownStream(() -> width, style, lines::add);
        stream.accept(text);
        stream.finish();
        return lines;
    }

    private static String plain(String text, int width) {
        return String.join("\n", set(text, width, Style.PLAIN));
    }

    private static String colored(String text) {
        return Screen.of(set(text, 80, new Style(true)));
    }

    @Test
    void anAnswerOnAWideScreenInColor() throws IOException {
        String answer = Screen.read(getClass(), "answer.md");
        Screen.assertShows(getClass(), "answer-80-color.txt", set(answer, 80, new Style(true, true)));
    }

    @Test
    void anAnswerOnANarrowScreenWithoutColor() throws IOException {
        String answer = Screen.read(getClass(), "answer.md");
        Screen.assertShows(getClass(), "answer-40-plain.txt", set(answer, 40, Style.PLAIN));
    }

    @Test
    void wordsDoNotRunOverTheMargin() throws IOException {
        String prose =
                "日本語 mixed with words, e\u0301 marks, 👩‍👩‍👧 families 🇩🇪 flags and verylongwordsthatgoonandon. "
                        .repeat(9);
        for (int width = 10; width < 60; width++) {
            for (String line : set("> - " + prose, width, Style.PLAIN)) {
                assertTrue(Columns.of(line) <= Math.max(width, 12), "%d: %s".formatted(width, line));
            }
        }
    }

    @Test
    void addressesStayWhole() {
        assertEquals(
                "see\nhttps://example.org/a/long/path\nthere", plain("see https://example.org/a/long/path there", 20));
    }

    @Test
    void linksLeadSomewhereOnlyWhereThatIsWanted() {
        assertEquals("{4:docs}{2: (http://a.b)} and {4:http://a.b}", colored("[docs](http://a.b) and <http://a.b>"));
        assertEquals("{to http://a.b:{4:docs}}", Screen.of(set("[docs](http://a.b)", 80, new Style(true, true))));
    }

    @Test
    void noControlCharacterPasses() {
        String hostile =
                "a\u001b[31mb &#27;]0;title&#7; `\u009bc` [x](<http://a&#27;b>) \r\n```\u001b]52;\n\u001b[2J\n```\n| \u0007 |\n|---|\n";
        String screen = String.join("\n", set(hostile, 80, new Style(false, true)));
        assertEquals(
                List.of(),
                screen.chars()
                        .filter(c -> c != '\n' && Character.isISOControl(c) && c != 0x1b)
                        .boxed()
                        .toList());
        assertEquals(
                "a[31mb ]0;title `c` <x>",
                screen.lines()
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("\u001b]8;;[^\u001b]*\u001b\\\\", "<")
                        .replace("<x<", "<x>"));
        assertEquals(2, screen.chars().filter(c -> c == 0x1b).count() / 2);
    }

    @Test
    void itemsAreNumberedAsAListEvenIfTheirMarksAreNot() {
        assertEquals("3. a\n4. b\n   - c\n5. d", plain("3. a\n3. b\n   - c\n3. d", 40));
        assertEquals("1. a\n\ntext\n\n1. b", plain("1. a\n\ntext\n\n1. b", 40));
    }

    @Test
    void codeInAnItemStaysThere() {
        assertEquals(
                "1. run\n   ```sh\n   make\n\n     all\n   ```\n2. done",
                plain("1. run\n   ```sh\n   make\n\n     all\n   ```\n2. done", 40));
    }

    @Test
    void aFenceThatIsNeverClosedEndsWithTheText() {
        assertEquals("```js\n# not a heading\n**nor bold**\n```", plain("```js\n# not a heading\n**nor bold**", 40));
    }

    @Test
    void aLongLineOfCodeIsLeftToTheTerminal() {
        String line = "x = " + "1 + ".repeat(100) + "1";
        assertEquals("```\n" + line + "\n```", plain("```\n" + line + "\n```\n", 40));
    }

    @Test
    void unclosedMarksAreText() {
        assertEquals("**bold and `code and [link", plain("**bold and `code and [link", 40));
    }

    @Test
    void aTableThatDoesNotFitBecomesAList() {
        assertEquals(
                """
                First column: a
                Second column: b
                Third column: c
                Fourth column: d
                Fifth column: e

                First column: f""",
                plain("""
                | First column | Second column | Third column | Fourth column | Fifth column |
                |---|---|---|---|---|
                | a | b | c | d | e |
                | f |
                """, 40)
                        .replaceAll("(?m)^(Second|Third|Fourth|Fifth) column:$\\n?", "")
                        .strip());
    }

    @Test
    void aLongTableIsSetInParts() {
        String rows = "| 1 | 2 |\n".repeat(1_200);
        List<String> lines = set("| a | b |\n|---|---|\n" + rows, 80, Style.PLAIN);
        assertEquals(3, lines.stream().filter("a │ b"::equals).count());
        assertEquals(1_200, lines.stream().filter("1 │ 2"::equals).count());
    }

    @Test
    void whatOnlyLooksLikeATableIsText() {
        assertEquals("| a | b |\nnot a table\na | b", plain("| a | b |\nnot a table\na | b", 40));
    }

    @Test
    void lineEndsOfAParagraphAreKept() {
        assertEquals("one\ntwo\nthree\nfour", plain("one\ntwo  \nthree\\\nfour", 40));
    }

    @Test
    void anEmptyTextHasNoLines() {
        assertEquals(List.of(), set("", 40, Style.PLAIN));
        assertEquals(List.of(), set("\n\n \n", 40, Style.PLAIN));
    }

    @Test
    void definitionsAreShownSinceNothingElseShowsThem() {
        assertEquals("[a]: http://a.b", plain("[a]: http://a.b", 40));
    }
}
