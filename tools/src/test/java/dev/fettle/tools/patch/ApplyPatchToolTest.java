package dev.fettle.tools.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.tools.ToolFixture;
import dev.fettle.tools.files.ReadTool;
import dev.fettle.tools.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApplyPatchToolTest {
    @TempDir
    Path directory;

    private final ApplyPatchTool applyPatch = new ApplyPatchTool();
    private ToolFixture tools;

    @BeforeEach
    void open() {
        tools = new ToolFixture(directory);
    }

    @Test
    void addsUpdatesMovesAndDeletes() throws Exception {
        tools.put("src/app.py", "import os\n\ndef greet():\n    print(\"Hi\")\n");
        tools.put("obsolete.txt", "old\n");
        ToolOutput output = apply("""
                *** Add File: docs/hello.txt
                +Hello
                +
                +world
                *** Update File: src/app.py
                *** Move to: src/main.py
                @@ def greet():
                -    print("Hi")
                +    print("Hello")
                *** Delete File: obsolete.txt
                """);
        assertEquals("Hello\n\nworld\n", tools.content("docs/hello.txt"));
        assertEquals("import os\n\ndef greet():\n    print(\"Hello\")\n", tools.content("src/main.py"));
        assertFalse(Files.exists(tools.file("src/app.py")));
        assertFalse(Files.exists(tools.file("obsolete.txt")));
        assertEquals("""
                Added docs/hello.txt (3 lines)
                Updated src/app.py and moved it to src/main.py (+1 -1)
                @@ -2,3 +2,3 @@
                \s
                 def greet():
                -    print("Hi")
                +    print("Hello")
                Deleted obsolete.txt""", output.text());
        assertEquals(Map.of("docs/hello.txt", sha("docs/hello.txt"), "src/main.py", sha("src/main.py")), output.seen());
    }

    @Test
    void asksToWriteEveryPath() {
        String patch = "*** Begin Patch\n*** Add File: a\n+x\n*** Update File: b\n*** Move to: c\n*** Delete File: d\n"
                + "*** Delete File: d\n*** End Patch";
        assertEquals(
                List.of(
                        new Permission.Write("a"),
                        new Permission.Write("b"),
                        new Permission.Write("c"),
                        new Permission.Write("d")),
                applyPatch.permissions(new ApplyPatchTool.Arguments(patch)));
    }

    @Test
    void appliesHunksFromTheTopDown() throws Exception {
        tools.put("a.txt", "class A\n  x\nclass B\n  x\nend\n");
        apply("*** Update File: a.txt\n@@ class B\n-  x\n+  y\n@@\n-end\n+END\n");
        assertEquals("class A\n  x\nclass B\n  y\nEND\n", tools.content("a.txt"));
    }

    @Test
    void findsNestedHeaders() throws Exception {
        tools.put("a.py", "class A:\n    def f(self):\n        pass\nclass B:\n    def f(self):\n        pass\n");
        apply("*** Update File: a.py\n@@ class B:\n@@     def f(self):\n-        pass\n+        return 1\n");
        assertEquals(
                "class A:\n    def f(self):\n        pass\nclass B:\n    def f(self):\n        return 1\n",
                tools.content("a.py"));
    }

    @Test
    void refusesAPlaceThatIsNotCertain() throws Exception {
        tools.put("a.txt", "x\ny\nx\n");
        assertEquals(
                "Hunk 1 of a.txt: its lines are in a.txt 2 times, first at lines 1 and 3. Add context lines, or a line "
                        + "`@@ <the class or method it is in>`. Nothing was changed.",
                refusal("*** Update File: a.txt\n@@\n-x\n+z\n"));
    }

    @Test
    void takesTheEndOfTheFileWhenToldSo() throws Exception {
        tools.put("a.txt", "x\ny\nx\n");
        apply("*** Update File: a.txt\n@@\n-x\n+z\n*** End of File\n");
        assertEquals("x\ny\nz\n", tools.content("a.txt"));
        apply("*** Update File: a.txt\n@@\n+last\n");
        assertEquals("x\ny\nz\nlast\n", tools.content("a.txt"));
        apply("*** Update File: a.txt\n@@ x\n+below x\n");
        assertEquals("x\nbelow x\ny\nz\nlast\n", tools.content("a.txt"));
    }

    @Test
    void overlooksTrailingWhitespaceAndKeepsIt() throws Exception {
        tools.put("a.txt", "one  \ntwo\t\nthree\n");
        apply("*** Update File: a.txt\n@@\n one\n-two\n+2\n three\n");
        assertEquals("one  \n2\nthree\n", tools.content("a.txt"));
    }

    @Test
    void keepsLineEndsAndAMissingLastOne() throws Exception {
        tools.put("windows.txt", "one\r\ntwo\r\nthree");
        tools.put("mixed.txt", "one\r\ntwo\nthree\n");
        apply(
                "*** Update File: windows.txt\n@@\n two\n-three\n+3\n+4\n*** Update File: mixed.txt\n@@\n one\n-two\n+2\n");
        assertEquals("one\r\ntwo\r\n3\r\n4", tools.content("windows.txt"));
        assertEquals("one\r\n2\nthree\n", tools.content("mixed.txt"));
    }

    @Test
    void keepsModeAndEncoding() throws Exception {
        Files.writeString(tools.file("a.txt"), "\uFEFFgrün\nrot\n", StandardCharsets.UTF_16LE);
        Files.setPosixFilePermissions(tools.file("a.txt"), PosixFilePermissions.fromString("rwxr-x---"));
        apply("*** Update File: a.txt\n*** Move to: b.txt\n@@\n grün\n-rot\n+größer\n");
        assertEquals("\uFEFFgrün\ngrößer\n", Files.readString(tools.file("b.txt"), StandardCharsets.UTF_16LE));
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(tools.file("b.txt"))));
    }

    @Test
    void changesNothingWhenOneHunkDoesNotFit() throws Exception {
        tools.put("a.txt", "one\n");
        tools.put("b.txt", "alpha\n\tbeta = compute(gamma)\n");
        String refusal = refusal("""
                *** Update File: a.txt
                @@
                -one
                +1
                *** Delete File: a.txt
                *** Update File: b.txt
                @@
                 alpha
                -    beta = compute(gamma)
                +x
                """);
        assertTrue(
                refusal.startsWith("Hunk 1 of b.txt: its lines are not in b.txt. Lines 1-2 are the same except"),
                refusal);
        assertTrue(refusal.endsWith("Nothing was changed."), refusal);
        assertEquals("one\n", tools.content("a.txt"));
    }

    @Test
    void takesBackWhatItWroteWhenAWriteFails() throws Exception {
        tools.put("a.txt", "one\n");
        tools.put("move.txt", "m\n");
        tools.put("gone.txt", "gone\n");
        Files.createDirectory(tools.file(".git"));
        String refusal = refusal("""
                *** Update File: a.txt
                @@
                -one
                +1
                *** Add File: new/new.txt
                +new
                *** Update File: move.txt
                *** Move to: moved.txt
                @@
                -m
                +M
                *** Delete File: gone.txt
                *** Add File: .git/hooks/x
                +evil
                """);
        assertTrue(refusal.startsWith("Cannot write .git/hooks/x: files inside .git belong to git."), refusal);
        assertTrue(refusal.endsWith("Nothing was changed."), refusal);
        assertEquals("one\n", tools.content("a.txt"));
        assertEquals("m\n", tools.content("move.txt"));
        assertEquals("gone\n", tools.content("gone.txt"));
        assertFalse(Files.exists(tools.file("moved.txt")));
        assertFalse(Files.exists(tools.file("new/new.txt")));
    }

    @Test
    void refusesFilesChangedSinceTheyWereRead() throws Exception {
        tools.put("a.txt", "one\n");
        tools.call(new ReadTool(), Map.of("path", "a.txt"));
        tools.put("a.txt", "one\ntwo\n");
        assertTrue(refusal("*** Update File: a.txt\n@@\n-one\n+1\n").startsWith("Conflict: a.txt changed"));
        assertTrue(refusal("*** Delete File: a.txt\n").startsWith("Conflict: a.txt changed"));
    }

    @Test
    void seesItsOwnEarlierChanges() throws Exception {
        tools.put("a.txt", "one\n");
        apply("""
                *** Update File: a.txt
                @@
                -one
                +two
                *** Update File: a.txt
                @@
                -two
                +three
                *** Add File: b.txt
                +x
                *** Update File: b.txt
                @@
                -x
                +y
                """);
        assertEquals("three\n", tools.content("a.txt"));
        assertEquals("y\n", tools.content("b.txt"));
        assertTrue(refusal("*** Delete File: a.txt\n*** Update File: a.txt\n@@\n-three\n+4\n")
                .contains("after deleting"));
        apply("*** Delete File: a.txt\n*** Add File: a.txt\n+fresh\n");
        assertEquals("fresh\n", tools.content("a.txt"));
    }

    @Test
    void refusesToReplaceOtherFiles() throws Exception {
        tools.put("a.txt", "a\n");
        tools.put("b.txt", "b\n");
        assertEquals(
                "a.txt exists already. Use `*** Update File: a.txt` to change it. Nothing was changed.",
                refusal("*** Add File: a.txt\n+x\n"));
        assertEquals(
                "Cannot move a.txt to b.txt: that file exists. Nothing was changed.",
                refusal("*** Update File: a.txt\n*** Move to: b.txt\n@@\n-a\n+x\n"));
        assertEquals("There is no `c.txt`. Did you mean `a.txt`?", refusal("*** Delete File: c.txt\n"));
    }

    @Test
    void refusesWhatTheEncodingCannotHoldBeforeWriting() throws Exception {
        tools.put("first.txt", "one\n");
        Files.write(tools.file("latin.txt"), "é\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(refusal("*** Update File: first.txt\n@@\n-one\n+1\n*** Update File: latin.txt\n@@\n-é\n+€\n")
                .contains("has no `€`"));
        assertEquals("one\n", tools.content("first.txt"));
    }

    @Test
    void takesWhatModelsWriteAroundAndInsideAPatch() throws Exception {
        tools.put("a.txt", "one\n\ntwo\nthree\n");
        String patch = """
                ```
                *** Begin Patch
                *** Update File: a.txt
                @@ -1,3 +1,3 @@
                -one
                +1

                 two

                *** Add File: b.txt
                +b

                *** End Patch
                ```""";
        tools.call(applyPatch, Map.of("patch", patch.replace("\n", "\r\n")));
        assertEquals("1\n\ntwo\nthree\n", tools.content("a.txt"));
        assertEquals("b\n", tools.content("b.txt"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*** Update File: a.txt",
                "*** Begin Patch\n*** End Patch",
                "*** Begin Patch\n*** Add File: a.txt\n+x\n",
                "*** Begin Patch\n*** Add File: a.txt\nx\n*** End Patch",
                "*** Begin Patch\n*** Update File: a.txt\n*** End Patch",
                "*** Begin Patch\n*** Update File: a.txt\n@@\n*** End Patch",
                "*** Begin Patch\n*** Update File: a.txt\n@@\n?x\n*** End Patch",
                "*** Begin Patch\n*** Update File: \n@@\n-x\n*** End Patch",
                "*** Begin Patch\n*** Rename File: a.txt\n*** End Patch",
            })
    void saysWhatIsWrongWithAMalformedPatch(String patch) {
        ToolException refusal =
                assertThrows(ToolException.class, () -> applyPatch.permissions(new ApplyPatchTool.Arguments(patch)));
        assertTrue(refusal.getMessage().startsWith("The patch "), refusal.getMessage());
    }

    @Test
    void showsABoundedReport() throws Exception {
        StringBuilder patch = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            tools.put("f" + i, "line of text number\n".repeat(40));
            patch.append("*** Update File: f").append(i).append("\n@@ line\n").append("+new line of text\n".repeat(40));
        }
        ToolOutput output = apply(patch.toString());
        assertTrue(
                output.text().length() < 25_000,
                "%d characters".formatted(output.text().length()));
        assertTrue(output.text().contains("Updated f49 (+40 -0) [diff cut]"), output.text());
    }

    @Test
    void keepsATextThatItFindsAndBringsItNowhereElse() {
        assertTrue(putsBack("*** Update File: a\n ⟨s⟩\n-x\n+y"));
        assertTrue(putsBack("*** Update File: a\n-k=⟨s⟩\n+n=⟨s⟩"));
        assertTrue(putsBack("*** Delete File: a"));
        assertFalse(putsBack("*** Update File: a\n x\n+⟨s⟩"));
        assertFalse(putsBack("*** Update File: a\n*** Move to: b\n-k=⟨s⟩\n+n=⟨s⟩"));
        assertFalse(putsBack("*** Add File: a\n+⟨s⟩"));
    }

    private boolean putsBack(String changes) {
        return applyPatch.putsBack(new ApplyPatchTool.Arguments(envelope(changes + "\n")), "⟨s⟩");
    }

    private ToolOutput apply(String changes) throws InterruptedException {
        return tools.call(applyPatch, Map.of("patch", envelope(changes)));
    }

    private String refusal(String changes) {
        return tools.refusal(applyPatch, Map.of("patch", envelope(changes)));
    }

    private static String envelope(String changes) {
        return "*** Begin Patch\n" + changes + "*** End Patch\n";
    }

    private String sha(String path) throws Exception {
        return Sha256.of(Files.readAllBytes(tools.file(path)));
    }
}
