package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Recorded;
import dev.fettle.testkit.server.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/// Recording a run, running it again without a model, and testing with recordings.
@Timeout(120)
class ReplayTest {
    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;
    private Path file = Path.of("");

    @BeforeEach
    void install() throws IOException {
        fettle = new Installation(directory);
        file = Files.writeString(fettle.project.resolve("greeting.txt"), "helo world\n");
    }

    private void record(Path recording) {
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("read", "{\"path\":\"greeting.txt\"}")),
                calls(call("edit", "{\"path\":\"greeting.txt\",\"edits\":[{\"old\":\"helo\",\"new\":\"hello\"}]}")),
                calls(call("bash", "{\"command\":\"date +%N; cat greeting.txt\"}")),
                text("Mended."))) {
            assertEquals(
                    0,
                    fettle.withAnthropic(server).type("run", "--yes", "--record", recording.toString(), "mend it"),
                    fettle.err);
        }
        fettle.environment.keySet().removeIf(name -> name.startsWith("ANTHROPIC"));
    }

    @Test
    void aRunIsDoneAgainWithoutAModelToTheSameBytes() throws IOException {
        record(directory.resolve("fix.jsonl"));
        byte[] mended = Files.readAllBytes(file);
        Files.writeString(file, "helo world\n");
        assertEquals(
                0,
                fettle.type(
                        "run",
                        "--yes",
                        "--replay",
                        directory.resolve("fix.jsonl").toString()),
                fettle.err);
        assertEquals("Mended.\n", fettle.out);
        assertEquals(new String(mended, java.nio.charset.StandardCharsets.UTF_8), Files.readString(file));
        assertTrue(fettle.err.contains("4 steps"), fettle.err);
    }

    @Test
    void aWorldThatAnswersOtherwiseEndsTheReplayAndIsNamed() throws IOException {
        record(directory.resolve("fix.jsonl"));
        Files.writeString(file, "helo moon\n");
        assertEquals(
                1,
                fettle.type(
                        "run",
                        "--yes",
                        "--replay",
                        directory.resolve("fix.jsonl").toString()));
        assertTrue(fettle.err.contains("The replay went another way before answer 2"), fettle.err);
        assertTrue(fettle.err.contains("helo moon"), fettle.err);
        assertEquals("helo moon\n", Files.readString(file));
    }

    @Test
    void aRecordingIsNotWrittenOverAndABadOneIsNamed() throws IOException {
        Path recording = Files.writeString(directory.resolve("fix.jsonl"), "{\"type\":\"user_said\"\n");
        try (FakeModelServer server = FakeModelServer.answering(text("never"))) {
            assertEquals(
                    2, fettle.withAnthropic(server).type("run", "--record", recording.toString(), "go"), fettle.err);
            assertTrue(fettle.err.contains("has something in it already"), fettle.err);
        }
        assertEquals(2, fettle.type("run", "--replay", recording.toString()));
        assertTrue(fettle.err.contains("Line 1 of the recording is not an event"), fettle.err);
        assertEquals(2, fettle.type("run", "--replay", "nowhere.jsonl"));
        assertEquals(2, fettle.type("run", "--replay", recording.toString(), "and a prompt"));
        assertEquals(2, fettle.type("run", "--continue", "--record", "new.jsonl", "and a prompt"));
    }

    @Test
    void aFolderOfRecordingsIsATest() throws Exception {
        Path cases = Files.createDirectory(directory.resolve("cases"));
        Path before = Files.createDirectory(cases.resolve("good"));
        Files.copy(file, before.resolve("greeting.txt"));
        record(cases.resolve("good.jsonl"));
        Path after = Files.createDirectory(cases.resolve("good.expected"));
        Files.writeString(after.resolve("greeting.txt"), "hello world\n");
        Path report = directory.resolve("report.xml");

        assertEquals(0, fettle.type("test-prompts", cases.toString(), "--junit", report.toString()), fettle.out);
        assertEquals("ok   good\n1 passed, 0 failed\n", fettle.out);

        Files.copy(cases.resolve("good.jsonl"), cases.resolve("other <world>.jsonl"));
        Files.writeString(after.resolve("greeting.txt"), "hello moon\n");
        Files.writeString(after.resolve("more.txt"), "more\n");
        assertEquals(1, fettle.type("test-prompts", cases.toString(), "--junit", report.toString()));
        assertTrue(
                fettle.out.startsWith(
                        "FAIL good: greeting.txt is different, more.txt is missing\nFAIL other <world>: it"
                                + " ended as failed, not as completed. The replay went another way before answer 2"),
                fettle.out);
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getDocumentElement();
        assertEquals("2", suite.getAttribute("tests"));
        assertEquals("2", suite.getAttribute("failures"));
        assertEquals(
                "other <world>",
                ((Element) suite.getElementsByTagName("testcase").item(1)).getAttribute("name"));
        assertEquals("helo world\n", Files.readString(before.resolve("greeting.txt")));
        assertFalse(Files.exists(fettle.home.resolve("replay")));
    }

    /// Whoever is asked a question of its own says so; the others delegate, remember, and conclude.
    private static Step delegating(Recorded request) {
        if (request.text().contains("Another agent has this question")) {
            return new Step.Answer(
                    request.lastToolCalled().isPresent()
                            ? text("It says hello.")
                            : calls(call("read", "{\"path\":\"greeting.txt\"}")));
        }
        return new Step.Answer(
                switch (request.lastToolCalled().orElse("")) {
                    case "" -> calls(call("delegate", "{\"questions\":[\"What does it say?\",\"Why?\"]}"));
                    case "delegate" -> calls(call("remember", "{\"text\":\"It says hello.\",\"about\":\"project\"}"));
                    default -> text("Two say that it says hello.");
                });
    }

    @Test
    void whatOthersConcludedComesFromTheRecordingAndNothingIsRememberedTwice() throws IOException {
        Path cases = Files.createDirectory(directory.resolve("cases"));
        Path recording = cases.resolve("asked.jsonl");
        try (FakeModelServer server = FakeModelServer.deciding(ReplayTest::delegating)) {
            assertEquals(
                    0,
                    fettle.withAnthropic(server)
                            .type("run", "--yes", "--record", recording.toString(), "what does it say?"),
                    fettle.err);
        }
        fettle.environment.keySet().removeIf(name -> name.startsWith("ANTHROPIC"));

        assertEquals(0, fettle.type("run", "--yes", "--replay", recording.toString()), fettle.err);
        assertEquals("Two say that it says hello.\n", fettle.out);
        Files.delete(file);
        assertEquals(0, fettle.type("test-prompts", cases.toString()), fettle.out);
        assertEquals(0, fettle.type("memory", "stats"));
        assertTrue(fettle.out.startsWith("1 fact(s)"), fettle.out);
    }

    @Test
    void aFolderWithoutRecordingsIsSaidSo() {
        assertEquals(2, fettle.type("test-prompts", directory.toString()));
        assertTrue(fettle.err.contains("There is no recording (*.jsonl)"), fettle.err);
    }

    @Test
    void whatSessionsExportPrintsIsARecordingToo() throws IOException {
        record(directory.resolve("fix.jsonl"));
        assertEquals(0, fettle.type("sessions", "export", "latest"));
        Path exported = Files.writeString(directory.resolve("exported.jsonl"), fettle.out);
        Files.writeString(file, "helo world\n");
        assertEquals(0, fettle.type("run", "--yes", "--replay", exported.toString()), fettle.err);
        assertEquals("hello world\n", Files.readString(file));
    }
}
