package dev.fettle.tools.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.tools.ToolFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SearchToolsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final GrepTool grep = new GrepTool();
    private final GlobTool glob = new GlobTool();
    private final LsTool ls = new LsTool();
    private ToolFixture tools;

    @BeforeEach
    void open() {
        tools = new ToolFixture(directory);
    }

    @Test
    void listsADirectoryWithItsKinds() throws Exception {
        tools.put("a.txt", "abc");
        tools.put("src/b.txt", "b");
        tools.put("target/c.txt", "c");
        tools.put(".gitignore", "target/\n");
        Files.createSymbolicLink(tools.file("link"), Path.of("src"));
        assertEquals(".gitignore 8\na.txt 3\nlink (link)\nsrc/\ntarget/ (ignored)", tools.text(ls, Map.of()));
        assertEquals("b.txt 1", tools.text(ls, Map.of("path", "src")));
        Files.createDirectory(tools.file("empty"));
        assertEquals("[empty is empty]", tools.text(ls, Map.of("path", "empty")));
    }

    @Test
    void listsABoundedNumberOfEntries() throws Exception {
        for (int i = 0; i < 510; i++) {
            tools.put("f" + i, "");
        }
        String text = tools.text(ls, Map.of());
        assertEquals(501, text.lines().count());
        assertTrue(text.endsWith("[the first 500 of 510 entries; use glob to find the others]"));
    }

    @Test
    void suggestsADirectoryThatExists() throws Exception {
        tools.put("source/a.txt", "");
        assertEquals("There is no `sourse`. Did you mean `source`?", tools.refusal(ls, Map.of("path", "sourse")));
        assertEquals(
                "`source/a.txt` is a file, not a directory. Use read to see it.",
                tools.refusal(glob, Map.of("path", "source/a.txt", "pattern", "*")));
    }

    @Test
    void findsFilesByNameInPathOrder() throws Exception {
        tools.put("b/B.java", "");
        tools.put("a/A.java", "");
        tools.put("a/x.txt", "");
        tools.put("out/C.java", "");
        tools.put(".git/D.java", "");
        tools.put(".gitignore", "out\n");
        assertEquals("a/A.java\nb/B.java", tools.text(glob, Map.of("pattern", "*.java")));
        assertEquals("a/A.java", tools.text(glob, Map.of("pattern", "*.java", "path", "a")));
        assertTrue(tools.text(glob, Map.of("pattern", "*.py")).startsWith("No file matches `*.py` below ."));
    }

    @Test
    void findsABoundedNumberOfFiles() throws Exception {
        for (int i = 0; i < 210; i++) {
            tools.put("f" + i, "");
        }
        String text = tools.text(glob, Map.of("pattern", "f*"));
        assertEquals(201, text.lines().count());
        assertTrue(text.endsWith("[the first 200 of 210 files; narrow the pattern or give a path]"));
    }

    @Test
    void doesNotFollowLinksRoundInCircles() throws Exception {
        tools.put("a/x.txt", "needle");
        Files.createSymbolicLink(tools.file("a/up"), Path.of(".."));
        Files.createSymbolicLink(tools.file("a/outside"), directory);
        assertEquals("a/x.txt", tools.text(glob, Map.of("pattern", "*.txt")));
        assertEquals("a/x.txt:1: needle", tools.text(grep, Map.of("pattern", "needle")));
    }

    @Test
    void findsLinesWithTheirPlaces() throws Exception {
        tools.put("a.txt", "one\ntwo\r\nthree two\n");
        tools.put("sub/b.txt", "two");
        tools.put("ignored.txt", "two");
        tools.put(".gitignore", "ignored.txt");
        assertEquals("a.txt:2: two\na.txt:3: three two\nsub/b.txt:1: two", tools.text(grep, Map.of("pattern", "two")));
        assertEquals("a.txt:2: two\nsub/b.txt:1: two", tools.text(grep, Map.of("pattern", "^two$")));
        assertEquals("sub/b.txt:1: two", tools.text(grep, Map.of("pattern", "two", "path", "sub")));
        assertEquals("ignored.txt:1: two", tools.text(grep, Map.of("pattern", "two", "path", "ignored.txt")));
        assertEquals("sub/b.txt:1: two", tools.text(grep, Map.of("pattern", "two", "glob", "b.*")));
        assertEquals("sub/b.txt:1: two", tools.text(grep, Map.of("pattern", "two", "glob", "sub/*")));
    }

    @Test
    void looksAtCaseUnlessToldNotTo() throws Exception {
        tools.put("a.txt", "Größe\ngrösse\nGRÖSSE\n");
        assertEquals("a.txt:2: grösse", tools.text(grep, Map.of("pattern", "grösse")));
        assertEquals(
                "a.txt:2: grösse\na.txt:3: GRÖSSE", tools.text(grep, Map.of("pattern", "grösse", "ignore_case", true)));
    }

    @Test
    void showsContextOnceAndInGroups() throws Exception {
        tools.put("a.txt", "1\n2\nx3\n4\nx5\n6\n7\n8\n9\nx10\n");
        tools.put("b.txt", "x\n");
        assertEquals("""
                --
                a.txt-2- 2
                a.txt:3: x3
                a.txt-4- 4
                a.txt:5: x5
                a.txt-6- 6
                --
                a.txt-9- 9
                a.txt:10: x10
                --
                b.txt:1: x""".substring(3), tools.text(grep, Map.of("pattern", "x", "context", 1)));
    }

    @Test
    void saysThatThereIsMore() throws Exception {
        tools.put("a.txt", "x\n".repeat(500));
        String text = tools.text(grep, Map.of("pattern", "x", "max", 3));
        assertEquals(
                "a.txt:1: x\na.txt:2: x\na.txt:3: x\n"
                        + "[the first 3 matches; there are more: narrow the pattern, or give a path or glob]",
                text);
        assertEquals(101, tools.text(grep, Map.of("pattern", "x")).lines().count());
    }

    @Test
    void isBoundedInBytesToo() throws Exception {
        tools.put("a.txt", ("x".repeat(290) + "\n").repeat(1000));
        assertTrue(tools.text(grep, Map.of("pattern", "x", "max", 1000)).length() < 32_000);
    }

    @Test
    void showsThePartOfALongLineThatMatches() throws Exception {
        tools.put("a.txt", "a".repeat(100_000) + "needle" + "b".repeat(100_000));
        String text = tools.text(grep, Map.of("pattern", "needle"));
        assertTrue(text.length() < 400, text);
        assertTrue(text.contains("aneedleb"), text);
    }

    @Test
    void leavesOutBinaryFilesAndSaysWhatIsTooLarge() throws Exception {
        Files.write(tools.file("a.bin"), new byte[] {'x', 0, 'x'});
        Files.writeString(tools.file("utf16.txt"), "\uFEFFx", StandardCharsets.UTF_16LE);
        Files.write(tools.file("latin.txt"), "xé".getBytes(StandardCharsets.ISO_8859_1));
        tools.put("big.txt", "x\n".repeat(5_000_000));
        assertEquals(
                "latin.txt:1: xé\nutf16.txt:1: x\n[not searched, over 8 MB: big.txt; use bash]",
                tools.text(grep, Map.of("pattern", "x")));
    }

    @Test
    void saysHowMuchWasSearchedInVain() throws Exception {
        tools.put("a.txt", "a");
        tools.put("b.txt", "b");
        assertEquals("No match for `x+` in . (2 files searched).", tools.text(grep, Map.of("pattern", "x+")));
    }

    @Test
    void explainsAnInvalidPattern() {
        String refusal = tools.refusal(grep, Map.of("pattern", "foo(bar"));
        assertTrue(refusal.startsWith("`foo(bar` is not a valid regular expression: Unclosed group"), refusal);
        assertTrue(refusal.endsWith("To find it literally, use: foo\\(bar"), refusal);
        assertTrue(tools.refusal(grep, Map.of("pattern", "")).contains("empty"));
    }

    @Test
    void givesUpOnAPatternThatWouldTakeForEver() throws Exception {
        tools.put("a.txt", ("a".repeat(40) + "b\n").repeat(100));
        String text = assertTimeoutPreemptively(PATIENCE, () -> tools.text(grep, Map.of("pattern", "(a+)+\\1$")));
        assertTrue(
                text.contains("[the pattern takes too long on a.txt:1, a.txt:2, a.txt:3; the search was stopped."),
                text);
    }

    @Test
    void survivesAPatternThatRecursesDeeply() throws Exception {
        tools.put("a.txt", "ab".repeat(500_000) + "\nneedle abab\n");
        String text = tools.text(grep, Map.of("pattern", "^(a|b|needle| )*$"));
        assertTrue(text.startsWith("a.txt:2: needle abab"), text);
        assertTrue(text.contains("takes too long on a.txt:1; left out"), text);
    }

    @Test
    void stopsWhenInterrupted() throws Exception {
        tools.put("a.txt", "a".repeat(40) + "b\n");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread searching = Thread.ofVirtual().unstarted(() -> {
            Thread.currentThread().interrupt();
            thrown.set(assertThrows(
                    InterruptedException.class,
                    () -> tools.text(grep, Map.of("pattern", "(a+)+\\1$", "path", "a.txt"))));
        });
        searching.start();
        searching.join();
        assertEquals(InterruptedException.class, thrown.get().getClass());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> tools.text(glob, Map.of("pattern", "*")));
    }

    @Test
    void goesOnWhenFilesOrRulesCannotBeRead() throws IOException, InterruptedException {
        tools.put("b.txt", "needle");
        Files.createSymbolicLink(tools.file("a.txt"), Path.of("a.txt"));
        Files.createSymbolicLink(tools.file(".gitignore"), Path.of("/etc/hostname"));
        new ProcessBuilder("mkfifo", tools.file("pipe").toString()).start().waitFor();
        assertEquals("b.txt:1: needle", tools.text(grep, Map.of("pattern", "needle")));
    }
}
