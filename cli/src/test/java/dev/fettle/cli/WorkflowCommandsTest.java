package dev.fettle.cli;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.Message;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.workflow.Workflow;
import dev.fettle.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class WorkflowCommandsTest {
    private static final String REVIEW = """
            {"summary": "One mistake.", "findings": [
              {"file": "a.py", "line": 3, "severity": "high", "message": "Off by one."}]}""";
    private static final String TESTS = """
            {"summary": "Two claims.", "cases": ["empty", "full"], "mistakes": ["full is wrong"], "files": [], "checks": []}""";
    private static final String OPTIMISED = """
            {"summary": "Linear now.", "bottleneck": "a loop", "change": "a set", "measured": "2 s, 1 ms", "files": [],
              "checks": []}""";

    @TempDir
    private Path directory = Path.of("");

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void here() {
        terminal.directory = directory;
    }

    @Test
    void aReviewPrintsItsFindings() {
        terminal.model = ScriptedModel.answering(calls(call("report", REVIEW)));

        assertEquals(0, terminal.type("review", "main..HEAD"), terminal.err);
        assertEquals("One mistake.\na.py:3: high: Off by one.\n", terminal.out);
        assertEquals(
                List.of(
                        new Message.User("Review this change: `git diff main..HEAD`.", List.of()),
                        new Message.User(Workflow.REVIEW.instructions(), List.of())),
                terminal.model.requests().getFirst().messages());
        assertEquals("read-only", terminal.lastFlags.settings().get("AGENT_SANDBOX"));
    }

    @Test
    void aSeriousFindingFailsTheReviewIfThatIsWanted() {
        terminal.model = ScriptedModel.answering(
                calls(call("report", REVIEW)), calls(call("report", REVIEW)), calls(call("report", REVIEW)));

        assertEquals(1, terminal.type("review", "--fail-on", "medium"));
        assertEquals(1, terminal.type("review", "--fail-on", "high"));
        assertEquals(0, terminal.type("review", "--fail-on", "critical"));
    }

    @Test
    void aRangeThatIsNoneIsRefusedBeforeAnythingIsAsked() {
        assertEquals(2, terminal.type("review", "--", "--output=x"));
        assertEquals(2, terminal.type("review", "a; rm -rf b"));
        assertEquals(List.of(), terminal.model.requests());
    }

    @Test
    void jsonHasTheStages() {
        terminal.model = ScriptedModel.answering(calls(call("report", REVIEW)));

        assertEquals(0, terminal.type("review", "--json"));
        JsonNode result = JsonMapper.shared().readTree(terminal.out);
        assertEquals("review", result.path("workflow").asString());
        assertEquals(true, result.path("accepted").asBoolean());
        assertEquals(3, result.at("/data/findings/0/line").asInt());
        assertEquals("One mistake.", result.path("text").asString());
    }

    @Test
    void aReportThatNeverComesLeavesTheWords() {
        terminal.model = ScriptedModel.answering(text("It is fine."), text("I cannot say more."));

        assertEquals(0, terminal.type("review"));
        assertEquals("I cannot say more.\n", terminal.out);
        assertTrue(terminal.err.contains("goes on as a general task"), terminal.err);
    }

    @Test
    void aLimitInTheMiddleIsSaid() {
        terminal.limits = new Limits(1, Duration.ofMinutes(1), Optional.empty(), OptionalLong.empty());
        terminal.model = ScriptedModel.answering(text("Wait."));

        assertEquals(5, terminal.type("review"));
        assertEquals("Wait.\n", terminal.out);
    }

    @Test
    void testsAndImprovementsAreMadeForAPath() throws IOException {
        Files.writeString(directory.resolve("a.py"), "x = 1\n");
        terminal.model = ScriptedModel.answering(calls(call("report", TESTS)), calls(call("report", OPTIMISED)));

        // The workspace of these tests has no shell, and nothing here needs one.
        assertEquals(0, terminal.type("test", "a.py", "the", "edges"), terminal.err);
        assertTrue(terminal.out.contains("Mistake: full is wrong"), terminal.out);
        assertEquals(
                new Message.User("Write tests for `a.py`. the edges", List.of()),
                terminal.model.requests().getFirst().messages().getFirst());
        assertEquals(0, terminal.type("optimise", "."), terminal.err);
        assertTrue(terminal.out.contains("Measured: 2 s, 1 ms"), terminal.out);
    }

    @Test
    void aPathThatIsNotThereOrOutsideIsRefused() {
        assertEquals(2, terminal.type("test", "missing.py"));
        assertTrue(terminal.err.contains("There is no `missing.py`"), terminal.err);
        assertEquals(2, terminal.type("optimise", ".."));
        assertEquals(List.of(), terminal.model.requests());
    }

    @Test
    void aFileThatExistsIsNotReplaced() throws IOException {
        Files.writeString(directory.resolve("a.py"), "mine");

        assertEquals(2, terminal.type("generate", "a stack", "-o", "a.py", "--into", "fresh"));
        assertTrue(terminal.err.contains("exists; name another file, or replace it with --force"), terminal.err);
        assertEquals("mine", Files.readString(directory.resolve("a.py")));
        assertEquals(2, terminal.type("generate", "a stack", "--into", "."));
        assertTrue(terminal.err.contains("is not empty"), terminal.err);
        assertEquals(2, terminal.type("generate", "a stack", "--workspace", "."));
        assertEquals(List.of(), terminal.model.requests());
    }

    @Test
    void codeThatNeverCameIsNotWritten() {
        terminal.model = ScriptedModel.answering(text("No."), text("No."));

        assertEquals(1, terminal.type("generate", "--language", "cobol", "a stack", "-o", "a.cob", "--into", "fresh"));
        assertTrue(terminal.err.contains("Nothing was written to"), terminal.err);
        assertEquals(false, Files.exists(directory.resolve("a.cob")));
        assertEquals(
                new Message.User("Write code in cobol for this: a stack\n\nAll of it in one file, `a.cob`.", List.of()),
                terminal.model.requests().getFirst().messages().getFirst());
    }
}
