package dev.fettle.tools.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.Image;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.ToolFixture;
import dev.fettle.tools.text.Sha256;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadToolTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 1, 2, 3};

    @TempDir
    Path directory;

    private final ReadTool read = new ReadTool();
    private ToolFixture tools;

    @BeforeEach
    void open() {
        tools = new ToolFixture(directory);
    }

    @Test
    void numbersLines() throws Exception {
        tools.put("a.txt", "one\n\n\tthree\r\nfour");
        assertEquals("     1\tone\n     2\t\n     3\t\tthree\n     4\tfour\n", read("a.txt"));
    }

    @Test
    void remembersTheContentItShowed() throws Exception {
        tools.put("a.txt", "one\n");
        ToolOutput output = tools.call(read, Map.of("path", "./a.txt"));
        assertEquals(Map.of("a.txt", Sha256.of("one\n".getBytes(StandardCharsets.UTF_8))), output.seen());
    }

    @Test
    void showsAPartAndHowToGoOn() throws Exception {
        tools.put("a.txt", "1\n2\n3\n4\n5\n");
        assertEquals(
                "     2\t2\n     3\t3\n[there is more; go on with offset 4]\n",
                tools.text(read, Map.of("path", "a.txt", "offset", 2, "limit", 2)));
        assertEquals("     5\t5\n", tools.text(read, Map.of("path", "a.txt", "offset", 5, "limit", 1)));
    }

    @Test
    void showsABoundedNumberOfLines() throws Exception {
        tools.put(
                "a.txt", IntStream.rangeClosed(1, 2500).mapToObj(i -> i + "\n").collect(Collectors.joining()));
        List<String> lines = read("a.txt").lines().toList();
        assertEquals(2001, lines.size());
        assertEquals("[there is more; go on with offset 2001]", lines.getLast());
        assertTrue(tools.text(read, Map.of("path", "a.txt", "offset", 2001)).endsWith("  2500\t2500\n"));
    }

    @Test
    void showsABoundedNumberOfCharactersInWholeLines() throws Exception {
        tools.put("a.txt", ("x".repeat(999) + "\n").repeat(100));
        String text = read("a.txt");
        assertTrue(text.length() < 52_000, "%d characters".formatted(text.length()));
        int shown = (int) text.lines().count() - 1;
        assertTrue(text.endsWith("[there is more; go on with offset %d]\n".formatted(shown + 1)), text);
    }

    @Test
    void cutsLongLinesAndSaysHowToSeeThem() throws Exception {
        tools.put("a.txt", "short\n" + "x".repeat(5000) + "\nend\n");
        String text = read("a.txt");
        assertTrue(text.contains("x…\n     3\tend\n"), text);
        assertTrue(text.endsWith("see line 2 with: sed -n 2p a.txt | cut -c 2001-]\n"), text);
        assertTrue(text.length() < 2200);
    }

    @Test
    void saysThatAFileIsEmpty() throws Exception {
        tools.put("a.txt", "");
        assertEquals("[a.txt is empty]", read("a.txt"));
        tools.put("b.txt", "x");
        tools.text(read, Map.of("path", "b.txt"));
    }

    @Test
    void saysHowLongAFileIsThatIsShorter() throws Exception {
        tools.put("a.txt", "1\n2\n");
        assertEquals(
                "a.txt has 2 lines; there is no line 3.", tools.refusal(read, Map.of("path", "a.txt", "offset", 3)));
        assertEquals(
                "`offset` is 0, but lines count from 1.", tools.refusal(read, Map.of("path", "a.txt", "offset", 0)));
        assertEquals(
                "`limit` is 0; ask for at least one line.", tools.refusal(read, Map.of("path", "a.txt", "limit", 0)));
    }

    @Test
    void suggestsWhatMayHaveBeenMeant() throws Exception {
        tools.put("src/main/Parser.java", "");
        tools.put("src/test/Parsers.java", "");
        assertEquals(
                "There is no `src/main/Parsr.java`. Did you mean `src/main/Parser.java`?",
                tools.refusal(read, Map.of("path", "src/main/Parsr.java")));
        assertEquals(
                "There is no `Parser.java`. Did you mean `src/main/Parser.java`?",
                tools.refusal(read, Map.of("path", "Parser.java")));
        assertEquals(
                "There is no `quite/other`. Use ls or glob to see what there is.",
                tools.refusal(read, Map.of("path", "quite/other")));
        assertEquals("`src` is a directory. Use ls to see what is in it.", tools.refusal(read, Map.of("path", "src")));
    }

    @Test
    void returnsImagesAsImages() throws Exception {
        Files.write(tools.file("a.dat"), PNG);
        ToolOutput output = tools.call(read, Map.of("path", "a.dat"));
        assertEquals("[a.dat: image/png, 13 bytes]", output.text());
        assertEquals(List.of(new Image("image/png", Base64.getEncoder().encodeToString(PNG))), output.images());
        assertEquals(Map.of("a.dat", Sha256.of(PNG)), output.seen());
    }

    @Test
    void refusesImagesThatAreTooLarge() throws Exception {
        Files.write(tools.file("a.png"), Arrays.copyOf(PNG, 6_000_000));
        assertEquals(
                "a.png is an image of 6,000,000 bytes; the most that can be shown is 5,242,880. Make a smaller copy.",
                tools.refusal(read, Map.of("path", "a.png")));
    }

    @Test
    void saysWhatABinaryFileIs() throws Exception {
        Files.write(tools.file("a.jar"), new byte[] {'P', 'K', 3, 4, 0, 0});
        Files.write(tools.file("b"), new byte[] {1, 0, 2});
        assertEquals(
                "a.jar is not text: a zip or jar archive, 6 bytes. "
                        + "Use bash with a program that understands it, or xxd.",
                tools.refusal(read, Map.of("path", "a.jar")));
        assertTrue(tools.refusal(read, Map.of("path", "b")).startsWith("b is not text: binary data, 3 bytes."));
    }

    @Test
    void showsInvalidUtf8AndSaysSo() throws Exception {
        Files.write(tools.file("a.txt"), "caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                "     1\tcaf\uFFFD\n[not valid UTF-8: \uFFFD stands for what cannot be shown; leave it out when you edit]\n",
                read("a.txt"));
    }

    @Test
    void readsUtf16AndHidesTheByteOrderMark() throws Exception {
        Files.writeString(tools.file("a.txt"), "\uFEFFgrün\n", StandardCharsets.UTF_16LE);
        Files.writeString(tools.file("b.txt"), "\uFEFFgrün\n", StandardCharsets.UTF_16BE);
        Files.writeString(tools.file("c.txt"), "\uFEFFgrün\n", StandardCharsets.UTF_8);
        for (String file : List.of("a.txt", "b.txt", "c.txt")) {
            assertEquals("     1\tgrün\n", read(file));
        }
    }

    @Test
    void readsAPartOfAHugeFileWithoutAllOfIt() throws Exception {
        try (RandomAccessFile huge = new RandomAccessFile(tools.file("huge.log").toFile(), "rw")) {
            huge.write("a line of a log\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
            huge.setLength(2L << 30);
        }
        ToolOutput output = assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> tools.call(read, Map.of("path", "huge.log", "offset", 90_000, "limit", 2)));
        assertEquals(
                " 90000\ta line of a log\n 90001\ta line of a log\n[there is more; go on with offset 90002]\n",
                output.text());
        assertEquals(Map.of(), output.seen());
    }

    @Test
    void refusesAHugeBinaryFileAtOnce() throws Exception {
        try (RandomAccessFile huge = new RandomAccessFile(tools.file("huge.bin").toFile(), "rw")) {
            huge.setLength(2L << 30);
        }
        assertTrue(tools.refusal(read, Map.of("path", "huge.bin")).contains("2,147,483,648 bytes"));
    }

    @Test
    void neverBlocksOnAPipe() throws Exception {
        new ProcessBuilder("mkfifo", tools.file("pipe").toString()).start().waitFor();
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThrows(WorkspaceException.class, () -> read("pipe")));
    }

    @Test
    void stopsWhenInterrupted() throws Exception {
        tools.put("a.txt", "x");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> read("a.txt"));
        assertFalse(Thread.interrupted());
    }

    @Test
    void showsAMaximalImageWhole() throws Exception {
        byte[] jpeg = Arrays.copyOf(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, 5 * 1024 * 1024);
        Files.write(tools.file("a.jpg"), jpeg);
        assertArrayEquals(
                jpeg,
                Base64.getDecoder()
                        .decode(tools.call(read, Map.of("path", "a.jpg"))
                                .images()
                                .getFirst()
                                .base64()));
    }

    @Test
    void asksToReadThePathAsWritten() {
        assertEquals(
                List.of(new Permission.Read("./x")),
                read.prepare("{\"path\":\"./x\"}").permissions());
    }

    private String read(String path) throws InterruptedException {
        return tools.text(read, Map.of("path", path));
    }
}
