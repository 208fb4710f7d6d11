package dev.fettle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.cli.host.Debugging.Complaint;
import dev.fettle.cli.host.Debugging.Standing;
import dev.fettle.testkit.Answers;
import dev.fettle.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DebugCommandTest {
    private final Terminal terminal = new Terminal();

    private Object complaint() {
        return terminal.debugging.asked.getFirst();
    }

    @Test
    void withoutAModelItEndsWithTheFacts() {
        assertEquals(0, terminal.type("debug", "--no-model"), terminal.err);
        assertEquals("the facts\n", terminal.out);
        assertEquals(new Complaint.Tests("/nowhere"), complaint());
        assertEquals(0, terminal.type("debug", "--no-model", "--json"));
        assertEquals("{\"type\":\"debug\",\"facts\":{\"verdict\":\"told\"}}\n", terminal.out);
    }

    @Test
    void whereNothingCanBeRunItFails() {
        terminal.debugging.standing = Standing.NOTHING_TO_RUN;
        assertEquals(1, terminal.type("debug"));
        terminal.debugging.standing = Standing.NOTHING_FAILS;
        assertEquals(0, terminal.type("debug"));
        assertEquals(List.of(), terminal.model.requests());
    }

    @Test
    void theComplaintIsACommandAMessageALogOrAPath(@TempDir Path directory) throws IOException {
        terminal.directory = directory;
        Files.writeString(directory.resolve("app.log"), "x".repeat(5_000_000) + "the end");
        terminal.type("debug", "--no-model", "--command", "make test");
        terminal.type("debug", "--no-model", "--error", "Error: x");
        terminal.type("debug", "--no-model", "src/a.py");
        terminal.type("debug", "--no-model", "--log", "app.log");
        assertEquals(
                List.of(
                        new Complaint.Command("make test"),
                        new Complaint.Text("Error: x"),
                        new Complaint.Tests(directory.resolve("src/a.py").toString())),
                terminal.debugging.asked.subList(0, 3));
        assertTrue(terminal.debugging.asked.get(3) instanceof Complaint.Text text
                && text.text().length() == 4 * 1024 * 1024
                && text.text().endsWith("the end"));
        assertEquals(2, terminal.type("debug", "--no-model", "--log", "missing"));
        assertEquals(2, terminal.type("debug", "--error", "x", "--command", "y"));
        assertEquals(2, terminal.type("debug", "--timeout", "0"));
    }

    @Test
    void theHistoryIsHalvedOnRequest() {
        assertEquals(0, terminal.type("debug", "--no-model", "--bisect", "v1..HEAD"));
        assertEquals("v1 to HEAD", terminal.debugging.asked.get(1));
        assertEquals("the facts\n\nHistory\nFirst bad commit: 123\n", terminal.out);
        assertEquals(1, terminal.type("debug", "--no-model", "--bisect", "v1..bad"));
        assertEquals(2, terminal.type("debug", "--no-model", "--bisect", "v1"));
        assertEquals(2, terminal.type("debug", "--no-model", "--bisect", "v1...HEAD"));
    }

    @Test
    void aRepairNeedsNoModelAndIsVerified() {
        terminal.debugging.isRepairable = true;
        assertEquals(0, terminal.type("debug", "--no-model", "--repair"), terminal.err);
        assertEquals("repair in 120 s, applied", terminal.debugging.asked.get(1));
        assertEquals(
                "the facts\n\nSearch for a repair, applied\nA plausible patch\n\nVerified\nPassed\n", terminal.out);
        assertEquals(0, terminal.type("debug", "--repair", "--repair-time", "7", "--json"), terminal.err);
        assertEquals("repair in 7 s, applied", terminal.debugging.asked.get(3));
        assertEquals(List.of(), terminal.model.requests());
        JsonNode repair = JsonMapper.shared().readTree(terminal.out).path("repair");
        assertEquals("{\"verdict\":\"plausible\",\"applied\":true}", repair.toString());
        terminal.debugging.isMended = false;
        assertEquals(1, terminal.type("debug", "--no-model", "--repair"));
        assertEquals(2, terminal.type("debug", "--repair", "--repair-time", "0"));
    }

    @Test
    void whereNoEditHelpsTheModelIsAsked() {
        assertEquals(1, terminal.type("debug", "--no-model", "--repair"));
        assertEquals("the facts\n\nSearch for a repair\nNo edit helps.\n", terminal.out);
        terminal.model = ScriptedModel.answering(Answers.text("Root cause: x"));
        assertEquals(0, terminal.type("debug", "--repair"), terminal.err);
        assertEquals(1, terminal.model.requests().size());
    }

    @Test
    void whatACheapSearchFindsIsToldTheModelAndNotApplied() {
        terminal.debugging.isCheap = true;
        terminal.debugging.isRepairable = true;
        terminal.model = ScriptedModel.answering(Answers.text("Root cause: x"));
        assertEquals(0, terminal.type("debug"), terminal.err);
        assertEquals("repair in 20 s", terminal.debugging.asked.get(1));
        assertTrue(
                terminal.model
                        .requests()
                        .getFirst()
                        .toString()
                        .contains("Search for a repair, not applied: --repair does\nA plausible patch"),
                terminal.model.requests().toString());
    }

    @Test
    void theModelGetsTheFactsFirstAndWeHaveTheLastWord() {
        terminal.model = ScriptedModel.answering(Answers.text("Root cause: x"));
        assertEquals(0, terminal.type("debug"), terminal.err);
        assertTrue(
                terminal.model.requests().getFirst().toString().contains("Mend it.\n\nthe facts"),
                terminal.model.requests().toString());
        assertEquals("Root cause: x\n\nChanges\n--- a\n+++ b\n\nVerified\nPassed\n", terminal.out);
        assertTrue(terminal.err.contains("note: a note"), terminal.err);
        assertEquals("closed", terminal.debugging.asked.getLast());
    }

    @Test
    void whatStillFailsIsAFailureWhateverTheModelSays() {
        terminal.debugging.isMended = false;
        terminal.model = ScriptedModel.answering(Answers.text("Mended."));
        assertEquals(1, terminal.type("debug", "--json"));
        JsonNode json = JsonMapper.shared().readTree(terminal.out);
        assertEquals("completed", json.path("result").path("status").asString());
        assertEquals("--- a\n+++ b", json.path("diff").asString());
        assertEquals(false, json.path("verification").path("passed").asBoolean(true));
    }

    @Test
    void aModelThatFailsIsNotVerified() {
        terminal.model = ScriptedModel.answering();
        assertEquals(4, terminal.type("debug", "--json"));
        assertTrue(
                JsonMapper.shared().readTree(terminal.out).path("verification").isMissingNode());
    }

    @Test
    void ofWhatWasInterruptedNothingIsSaid() {
        terminal.debugging.isInterrupted = true;
        assertEquals(130, terminal.type("debug", "--no-model"));
        assertTrue(Thread.interrupted());
        assertEquals("", terminal.out);
    }

    @Test
    void whatProgramsPrintCannotSteerTheTerminal() {
        terminal.debugging.text = "red \u001b[31m";
        terminal.type("debug", "--no-model");
        assertEquals("red [31m\n", terminal.out);
    }
}
