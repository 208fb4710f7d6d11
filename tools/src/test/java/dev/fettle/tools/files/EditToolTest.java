package dev.fettle.tools.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.tool.ToolOutput;
import dev.fettle.tools.ToolFixture;
import dev.fettle.tools.text.Sha256;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EditToolTest {
    @TempDir
    Path directory;

    private final EditTool edit = new EditTool();
    private ToolFixture tools;

    @BeforeEach
    void open() {
        tools = new ToolFixture(directory);
    }

    @Test
    void replacesWhatItFindsOnceAndShowsTheChange() throws Exception {
        tools.put("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n");
        ToolOutput output = tools.call(edit, Map.of("path", "a.txt", "edits", List.of(change("4\n5", "four\nfive"))));
        assertEquals("Edited a.txt (+2 -2)\n@@ -2,6 +2,6 @@\n 2\n 3\n-4\n-5\n+four\n+five\n 6\n 7", output.text());
        assertEquals("1\n2\n3\nfour\nfive\n6\n7\n8\n", tools.content("a.txt"));
        assertEquals(Map.of("a.txt", Sha256.of(Files.readAllBytes(tools.file("a.txt")))), output.seen());
    }

    @Test
    void appliesEditsInOrder() throws Exception {
        tools.put("a.txt", "one two");
        edit(change("one", "1"), change("1 two", "1 2"));
        assertEquals("1 2", tools.content("a.txt"));
    }

    @Test
    void appliesAllEditsOrNone() throws Exception {
        tools.put("a.txt", "one two");
        String refusal = refusal(change("one", "1"), change("three", "3"));
        assertTrue(refusal.startsWith("Edit 2: that text is not in a.txt."), refusal);
        assertTrue(refusal.endsWith("Nothing was changed."), refusal);
        assertEquals("one two", tools.content("a.txt"));
    }

    @Test
    void replacesEveryOccurrenceWhenAsked() throws Exception {
        tools.put("a.txt", "x y x\nx");
        tools.call(edit, Map.of("path", "a.txt", "edits", List.of(Map.of("old", "x", "new", "$1\\", "all", true))));
        assertEquals("$1\\ y $1\\\n$1\\", tools.content("a.txt"));
    }

    @Test
    void saysWhereATextIsThatIsFoundSeveralTimes() throws Exception {
        tools.put("a.txt", "x\ny\nx x\n");
        assertEquals(
                "That text is in a.txt 3 times, at lines 1, 3, 3. Add lines around it so that it is found once, "
                        + "or set `all`. Nothing was changed.",
                refusal(change("x", "z")));
    }

    @Test
    void refusesEditsThatSayNothing() throws Exception {
        tools.put("a.txt", "x");
        assertEquals(
                "`old` is empty. Give the text to replace, or use write for a new file. Nothing was changed.",
                refusal(change("", "z")));
        assertEquals(
                "The old text and the new one are the same. There is nothing to change. Nothing was changed.",
                refusal(change("x", "x")));
        assertEquals("`edits` is empty. Give at least one edit.", refusal());
    }

    @Test
    void keepsWindowsLineEnds() throws Exception {
        tools.put("a.txt", "one\r\ntwo\r\nthree\r\n");
        edit(change("one\ntwo\n", "1\n2\n2a\n"));
        assertEquals("1\r\n2\r\n2a\r\nthree\r\n", tools.content("a.txt"));
    }

    @Test
    void keepsMixedLineEndsElsewhere() throws Exception {
        tools.put("a.txt", "one\r\ntwo\nthree\r\nfour\nfive\n");
        edit(change("three\nfour", "3\n4"));
        assertEquals("one\r\ntwo\n3\n4\nfive\n", tools.content("a.txt"));
    }

    @Test
    void takesWindowsLineEndsFromTheModelToo() throws Exception {
        tools.put("a.txt", "one\ntwo\n");
        edit(change("one\r\ntwo", "1\r\n2"));
        assertEquals("1\n2\n", tools.content("a.txt"));
    }

    @Test
    void keepsAMissingFinalLineEnd() throws Exception {
        tools.put("a.txt", "one\ntwo");
        edit(change("two", "2"));
        assertEquals("one\n2", tools.content("a.txt"));
    }

    @Test
    void keepsTheEncodingAndTheByteOrderMark() throws Exception {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Files.writeString(tools.file("a.txt"), "\uFEFFgrün\nrot\n", charset);
            tools.call(new ReadTool(), Map.of("path", "a.txt"));
            edit(change("rot", "größer 😀"));
            assertEquals("\uFEFFgrün\ngrößer 😀\n", Files.readString(tools.file("a.txt"), charset));
        }
    }

    @Test
    void keepsEveryByteOfWhatIsNotUtf8() throws Exception {
        byte[] all = new byte[255];
        for (int i = 1; i < 256; i++) {
            all[i - 1] = (byte) i;
        }
        Files.write(tools.file("a.txt"), all);
        edit(change("ABC", "é"));
        String expected = new String(all, StandardCharsets.ISO_8859_1).replace("ABC", "é");
        assertArrayEquals(expected.getBytes(StandardCharsets.ISO_8859_1), Files.readAllBytes(tools.file("a.txt")));
        assertEquals(
                "a.txt is encoded in ISO-8859-1, which has no `€`. Use other characters, or convert the file first.",
                refusal(change("DEF", "€")));
    }

    @Test
    void keepsTheFilesMode() throws Exception {
        tools.put("a.txt", "x");
        Files.setPosixFilePermissions(tools.file("a.txt"), PosixFilePermissions.fromString("rwxr-x---"));
        edit(change("x", "y"));
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(tools.file("a.txt"))));
    }

    @Test
    void refusesAFileChangedSinceItWasRead() throws Exception {
        tools.put("a.txt", "one two");
        tools.call(new ReadTool(), Map.of("path", "a.txt"));
        tools.put("a.txt", "one three");
        assertEquals(
                "Conflict: a.txt changed since you last read it. Read it again, then repeat the change.",
                refusal(change("one", "1")));
        tools.call(new ReadTool(), Map.of("path", "a.txt"));
        edit(change("one", "1"));
        assertEquals("1 three", tools.content("a.txt"));
    }

    @Test
    void showsWhereOnlyWhitespaceDiffers() throws Exception {
        tools.put("a.txt", "start\n\tint x;\n\tint y; \nend\n");
        String refusal = refusal(change("    int x;\n    int y;", "z"));
        assertTrue(refusal.startsWith("""
                        That text is not in a.txt. Lines 2-3 are the same except for whitespace (tabs, spaces or indentation):
                             2\t\tint x;
                             3\t\tint y;
                        """.stripTrailing()), refusal);
        assertTrue(refusal.contains("Line 2 in the file: `→int x;`\nIn your text:        `    int x;`"), refusal);
    }

    @Test
    void showsWhereOnlyQuotesOrCaseDiffer() throws Exception {
        tools.put("a.txt", "say(“hello”);\nTOTAL = 1\n");
        assertTrue(refusal(change("say(\"hello\");", "z")).contains("Line 1 is the same except for quotes or dashes"));
        assertTrue(refusal(change("total = 1", "z")).contains("Line 2 is the same except for upper and lower case"));
    }

    @Test
    void showsTheClosestLines() throws Exception {
        tools.put("a.txt", "alpha\nreturn computeTotal(items, tax);\nomega\n");
        String refusal = refusal(change("return computeTotal(items, taxes);", "z"));
        assertTrue(refusal.contains("The closest is line 2:\n     2\treturn computeTotal(items, tax);"), refusal);
        assertTrue(refusal(change("something else entirely", "z")).contains("Nothing in the file is like it."));
    }

    @Test
    void tellsLineNumbersFromText() throws Exception {
        tools.put("a.txt", "one\ntwo\n");
        assertTrue(refusal(change("     1\tone\n     2\ttwo", "z")).contains("line numbers as read shows them"));
    }

    @Test
    void refusesBinaryFilesAndSuggestsMissingOnes() throws Exception {
        Files.write(tools.file("a.txt"), new byte[] {'x', 0});
        assertTrue(refusal(change("x", "y")).startsWith("a.txt is not text"));
        assertEquals(
                "There is no `b.txt`. Did you mean `a.txt`?",
                tools.refusal(edit, Map.of("path", "b.txt", "edits", List.of(change("x", "y")))));
    }

    @Test
    void showsABoundedDiff() throws Exception {
        tools.put("a.txt", "x\n".repeat(3000));
        String text = tools.text(
                edit, Map.of("path", "a.txt", "edits", List.of(Map.of("old", "x", "new", "y", "all", true))));
        assertTrue(text.length() < 2000, text);
        assertTrue(text.startsWith("Edited a.txt (+3000 -3000)"), text);
    }

    @Test
    void keepsATextThatItFindsAndBringsInNoOther() {
        assertTrue(putsBack("KEY=⟨s⟩", "NAME=⟨s⟩"));
        assertTrue(putsBack("KEY=⟨s⟩", ""));
        assertTrue(putsBack("a", "b"));
        assertTrue(!putsBack("KEY=", "KEY=⟨s⟩"));
    }

    private boolean putsBack(String old, String fresh) {
        return edit.putsBack(
                new EditTool.Arguments("a.txt", List.of(new EditTool.Edit(old, fresh, Optional.empty()))), "⟨s⟩");
    }

    private static Map<String, String> change(String old, String fresh) {
        return Map.of("old", old, "new", fresh);
    }

    private void edit(Object... edits) throws InterruptedException {
        tools.call(edit, Map.of("path", "a.txt", "edits", List.of(edits)));
    }

    private String refusal(Object... edits) {
        return tools.refusal(edit, Map.of("path", "a.txt", "edits", List.of(edits)));
    }
}
