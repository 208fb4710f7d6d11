package dev.fettle.cli.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.cli.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// However a text is parted, the same lines come out, and as soon as they are certain.
class PiecesTest {
    private static final List<String> FRAGMENTS = List.of(
            "word",
            "another ",
            "some longer text that fills the line ",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\n\n",
            "\n    ",
            "\n  ",
            "*",
            "**",
            "_",
            "__",
            "`",
            "``",
            "```",
            "\n```\n",
            "\n```java\n",
            "\n~~~\n",
            "~~",
            "[",
            "](http://a.b/c)",
            "](",
            ")",
            "![",
            "<",
            "<b>",
            "</b>",
            "<https://a.b>",
            "\n<div>\n",
            "&amp;",
            "&",
            "\\",
            "\\*",
            "!",
            "\n- ",
            "\n* ",
            "\n1. ",
            "\n2) ",
            "\n  - ",
            "\n   ",
            "\n> ",
            "\n>",
            "> ",
            "- ",
            "1. ",
            "- [ ] ",
            "\n- [x] done",
            "\n# ",
            "\n### title ###",
            "#",
            "\n---\n",
            "\n===\n",
            "---",
            "\n| a | b |\n|---|--:|\n| 1 | 2 |\n",
            "|",
            "\n| a",
            "\n|---|\n",
            "---|---\n",
            "\t",
            "\n\t",
            "日本語のテキスト",
            "。",
            "🙂",
            "👩‍👩‍👧",
            "e\u0301",
            "foo_bar_baz ",
            "2 * 3 ",
            "a < b ",
            "snake_",
            "\n[x]: http://a.b\n",
            "[x]",
            "  \n",
            "\\\n",
            "\"x\"",
            "/* ",
            " */",
            "'",
            "\u001b[31m",
            "An ordinary sentence as models write them, long enough to be wrapped more than once on a narrow screen. ");

    @Test
    void theSizeOfThePiecesDoesNotMatter() {
        for (int seed = 0; seed < 1_500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            int count = 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            }
            String source = text.toString();
            int width = 20 + random.nextInt(80);
            List<String> whole = set(source, width, source.length());
            for (int size : new int[] {1, 2, 3, 7, 50}) {
                assertEquals(
                        whole, set(source, width, size), "seed %d, pieces of %d: %s".formatted(seed, size, source));
            }
        }
    }

    @Test
    void aParagraphIsSetBeforeItEnds() {
        List<String> lines = new ArrayList<>();
        MarkdownStream stream = new MarkdownStream(() -> 40, Style.PLAIN, lines::add);
        stream.accept(
                "- The **quick** brown fox jumps over `the` lazy dog and then over the next one and then it rests a");
        assertEquals(List.of("- The quick brown fox jumps over `the`", "  lazy dog and then over the next one"), lines);
        assertEquals(List.of("  and then it rests a"), stream.unfinished());
    }

    @Test
    void whatMayStillChangeWaits() {
        List<String> lines = new ArrayList<>();
        MarkdownStream stream = new MarkdownStream(() -> 20, Style.PLAIN, lines::add);
        stream.accept("This *is not known to be an emphasis before it ends, however long it takes");
        assertEquals(List.of(), lines);
        stream.accept("* to.");
        stream.finish();
        assertEquals("This is not known to", lines.getFirst());
    }

    @Test
    void aTableWaitsForItsEnd() {
        List<String> lines = new ArrayList<>();
        MarkdownStream stream = new MarkdownStream(() -> 40, Style.PLAIN, lines::add);
        stream.accept("| a | b |\n|---|---|\n| 1 | 2 |\n| 3");
        assertEquals(List.of(), lines);
        assertEquals(List.of("| a | b |", "|---|---|", "| 1 | 2 |", "| 3"), stream.unfinished());
        stream.accept(" | 4 |\n\n");
        assertEquals(List.of("a │ b", "──┼──", "1 │ 2", "3 │ 4"), lines);
    }

    /// Ends only if the work grows with the text.
    @Test
    void muchOfAnythingIsSet() {
        for (String fragment : List.of(
                "An *ordinary* sentence with `code` and [a link](http://a.b). ",
                "- an item\n  - one within\n",
                "> quoted\n",
                "| a | b |\n|---|---|\n",
                "**a ",
                "[",
                "word",
                "日本語",
                "e\u0301\u200b",
                "<x ",
                "```\n",
                " ",
                "#",
                "`` ` ")) {
            int[] count = new int[1];
            MarkdownStream stream = new MarkdownStream(() -> 80, Style.PLAIN, _ -> count[0]++);
            String piece = fragment.repeat(1_000);
            for (int size = 0; size < 200_000; size += piece.length()) {
                stream.accept(piece);
            }
            stream.finish();
            assertTrue(count[0] > 0 || fragment.isBlank(), fragment);
        }
    }

    @Test
    void tenMegabytesAreSet() {
        int[] count = new int[1];
        MarkdownStream stream = new MarkdownStream(() -> 80, Style.PLAIN, _ -> count[0]++);
        String piece = "An *ordinary* sentence.\n- with an item\n\n```java\nint x = 1;\n```\n\n";
        IntStream.range(0, 10_000_000 / piece.length()).forEach(_ -> stream.accept(piece));
        stream.finish();
        assertTrue(count[0] > 500_000);
    }

    private static List<String> set(String text, int width, int size) {
        List<String> lines = new ArrayList<>();
        MarkdownStream stream = new MarkdownStream(() -> width, new Style(true), lines::add);
        for (int at = 0; at < text.length(); at += size) {
            stream.accept(text.substring(at, Math.min(text.length(), at + size)));
        }
        stream.finish();
        return lines;
    }
}
