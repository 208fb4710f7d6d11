package dev.fettle.code.report.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.code.report.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs print what they like, and can write report files too.
@Timeout(60)
class HostileOutputTest {
    private static final List<String> FILES = List.of(
            "surefire.xml",
            "pytest.xml",
            "node.xml",
            "jest.json",
            "go.json",
            "node.tap",
            "pytest.txt",
            "maven.txt",
            "cargo.txt",
            "traces.log",
            "linters.txt");

    @Test
    void aDocumentWithADocumentTypeIsNotRead(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "hush");
        String xml = """
                <!DOCTYPE testsuite [<!ENTITY x SYSTEM "%s">]>
                <testsuite><testcase name="a"><failure message="m">&x;</failure></testcase></testsuite>""".formatted(secret.toUri());
        assertEquals(Optional.empty(), OutputReader.read("", List.of(xml)).tests());
    }

    @Test
    void entitiesDoNotMultiply() {
        String xml = "<!DOCTYPE t [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
                + "<testsuite><testcase name=\"a\"><failure>&b;&b;&b;</failure></testcase></testsuite>";
        assertEquals(Reading.NOTHING, OutputReader.read(xml));
    }

    @Test
    void whatIsCutOffSaysAsMuchAsIsThere() {
        String xml = Outputs.text("surefire.xml");
        Reading reading = OutputReader.read("", List.of(xml.substring(0, xml.indexOf("allCanBeOff"))));
        assertEquals("1 failed, 1 passed", reading.tests().orElseThrow().counts());
    }

    @Test
    void everyPrefixOfARealOutputIsRead() {
        for (String file : FILES) {
            String text = Outputs.text(file);
            for (int end = 0; end < text.length(); end += Math.max(1, text.length() / 20)) {
                Reading reading = OutputReader.read(text.substring(0, end));
                assertTrue(reading.failures().size() < 10, file);
            }
        }
    }

    @Test
    void hugeLinesAreReadQuickly() {
        for (String piece : List.of(
                "a",
                " ",
                "at a.b(",
                "/",
                "File \"",
                ".",
                "E ",
                "(((",
                "x:1:",
                "1 passed, ",
                "--- FAIL: ",
                "<",
                "{\"",
                "_")) {
            String line = piece.repeat(2_000_000 / piece.length());
            assertTrue(OutputReader.read(line + "\n" + line).failures().size() < 10, piece);
        }
    }

    @Test
    void manyLinesAreReadQuickly() {
        for (String line : List.of(
                "\n",
                "\tat a.B.c(D.java:1)\n",
                "FAIL: a (b)\n",
                "not ok 1 - a\n",
                "a.c:1:1: error: b\n",
                "FAILED a.py::b - c\n",
                "  1) a\n",
                "{\"Action\":\"fail\",\"Test\":\"a\"}\n")) {
            Reading reading = OutputReader.read("1..2\n1 failed in 1s\nRan 1 test in 1s\n" + line.repeat(300_000));
            assertTrue(reading.failures().size() <= 200, line);
            assertTrue(reading.diagnostics().size() <= 200, line);
        }
    }

    @Test
    void deeplyNestedReportsAreRefusedNotFollowed() {
        String xml = "<testsuite>".repeat(100_000);
        assertEquals(Optional.empty(), OutputReader.read("", List.of(xml)).tests());
        String json = "{\"testResults\":" + "[".repeat(100_000);
        assertEquals(Optional.empty(), OutputReader.read("", List.of(json)).tests());
    }

    @Test
    void numbersThatAreNoneCountNothing() {
        Reading reading = OutputReader.read("99999999999999 passed in 99999999999s\nRan 1 test in 1.2.3s\n");
        assertEquals(1, reading.tests().orElseThrow().total());
    }
}
