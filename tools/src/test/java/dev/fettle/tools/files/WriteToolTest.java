package dev.fettle.tools.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.permission.Permission;
import dev.fettle.tools.ToolFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteToolTest {
    @TempDir
    Path directory;

    private final WriteTool write = new WriteTool();
    private ToolFixture tools;

    @BeforeEach
    void open() {
        tools = new ToolFixture(directory);
    }

    @Test
    void createsFilesAndDirectories() throws Exception {
        assertEquals("Created a/b.txt (2 lines, 8 bytes)", write("a/b.txt", "one\ntwo\n"));
        assertEquals("one\ntwo\n", tools.content("a/b.txt"));
    }

    @Test
    void refusesToReplaceWhatTheSessionHasNotSeen() throws Exception {
        tools.put("a.txt", "precious");
        assertEquals(
                "Conflict: a.txt exists and you have not read it. "
                        + "Read it first, or use edit to change a part of it.",
                refusal("a.txt", "new"));
        assertEquals("precious", tools.content("a.txt"));
    }

    @Test
    void refusesToReplaceWhatChangedSinceItWasRead() throws Exception {
        tools.put("a.txt", "one");
        tools.call(new ReadTool(), Map.of("path", "a.txt"));
        tools.put("a.txt", "changed by somebody");
        assertEquals(
                "Conflict: a.txt changed since you last read it. Read it again, then repeat the change.",
                refusal("a.txt", "new"));
        assertEquals("changed by somebody", tools.content("a.txt"));
    }

    @Test
    void replacesWhatWasReadAndShowsWhatChanged() throws Exception {
        tools.put("a.txt", "one\ntwo\nthree\n");
        tools.call(new ReadTool(), Map.of("path", "a.txt"));
        assertEquals(
                "Replaced a.txt (+1 -1)\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three", write("a.txt", "one\n2\nthree\n"));
        assertEquals("one\n2\nthree\n", tools.content("a.txt"));
    }

    @Test
    void knowsWhatItWroteItself() throws Exception {
        write("a.txt", "one");
        write("a.txt", "two");
        assertEquals("two", tools.content("a.txt"));
    }

    @Test
    void mayBeRepeated() throws Exception {
        tools.put("a.txt", "same");
        tools.put("empty.txt", "");
        write("a.txt", "same");
        write("empty.txt", "filled");
        assertEquals("filled", tools.content("empty.txt"));
    }

    @Test
    void replacesABinaryFileWithoutShowingIt() throws Exception {
        Files.write(tools.file("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0});
        tools.call(new ReadTool(), Map.of("path", "a.png"));
        assertEquals("Replaced a.png (1 lines, 1 bytes)", write("a.png", "x"));
    }

    @Test
    void refusesWhatIsNotText() {
        assertTrue(refusal("a.txt", "half of a pair: \uD83D").contains("has no `"));
    }

    @Test
    void asksToWriteThePathAsWritten() {
        assertEquals(
                List.of(new Permission.Write("../x")),
                write.prepare("{\"path\":\"../x\",\"content\":\"\"}").permissions());
    }

    private String write(String path, String content) throws InterruptedException {
        return tools.text(write, Map.of("path", path, "content", content));
    }

    private String refusal(String path, String content) {
        return tools.refusal(write, Map.of("path", path, "content", content));
    }
}
