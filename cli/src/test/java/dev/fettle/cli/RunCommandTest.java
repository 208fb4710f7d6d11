package dev.fettle.cli;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.Status;
import dev.fettle.core.usage.Limits;
import dev.fettle.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RunCommandTest {
    private final Terminal terminal = new Terminal();

    @Test
    void standardOutputCarriesOnlyTheResult() {
        terminal.model = ScriptedModel.answering(calls(call("echo", "{\"text\":\"hello\"}")), text("All is well."));
        assertEquals(0, terminal.type("run", "--yes", "check", "it"));
        assertEquals("All is well.\n", terminal.out);
        assertTrue(terminal.err.contains("› echo hello"), terminal.err);
        assertTrue(terminal.err.contains("✓ completed · 2 steps"), terminal.err);
        assertTrue(terminal.err.contains("note: a note"), terminal.err);
        assertEquals(
                new Message.User("check it", List.of()),
                terminal.model.requests().getFirst().messages().getFirst());
    }

    @Test
    void jsonIsOneObjectWithEverythingAScriptNeeds() {
        terminal.model = ScriptedModel.answering(text("All is well."));
        assertEquals(0, terminal.type("run", "--output", "json", "check"));
        JsonNode result = JsonMapper.shared().readTree(terminal.out);
        assertEquals("completed", result.path("status").asString());
        assertEquals("All is well.", result.path("text").asString());
        assertEquals("test/model", result.path("model").asString());
        assertEquals(1, result.path("steps").asInt());
        assertEquals(100, result.path("usage").path("input_tokens").asInt());
        assertEquals("0", result.path("cost_usd").asString());
        assertTrue(result.path("duration_ms").isNumber());
        assertTrue(new SessionId(result.path("session_id").asString()).value().startsWith("ses_"));
    }

    @Test
    void jsonLinesAreTheEventsAndThenTheResult() {
        terminal.model = ScriptedModel.answering(calls(call("echo", "{\"text\":\"hello\"}")), text("done"));
        assertEquals(0, terminal.type("run", "--yes", "--output", "jsonl", "check"));
        assertEquals(
                List.of(
                        "session_started",
                        "user_said",
                        "assistant_said",
                        "permission_decided",
                        "tool_started",
                        "tool_finished",
                        "assistant_said",
                        "turn_ended",
                        "result"),
                terminal.out
                        .lines()
                        .map(line ->
                                JsonMapper.shared().readTree(line).path("type").asString())
                        .toList());
    }

    @Test
    void withoutATerminalNobodyIsAskedAndTheExitCodeSaysSo() {
        terminal.model = ScriptedModel.answering(calls(call("echo", "{\"text\":\"hello\"}")), text("Could not."));
        assertEquals(8, terminal.type("run", "check"));
        assertTrue(terminal.err.contains("! not allowed: run: echo hello"), terminal.err);
        assertTrue(terminal.err.contains("--yes"), terminal.err);
        assertEquals("Could not.\n", terminal.out);
    }

    @Test
    void aPersonIsAskedAndMayAnswerForTheWholeRun() {
        terminal.isTerminal = true;
        terminal.stdin = "\ns\nno\n";
        terminal.model = ScriptedModel.answering(
                calls(call("echo", "{\"text\":\"one\"}")),
                calls(call("echo", "{\"text\":\"one\"}")),
                calls(call("echo", "{\"text\":\"two\"}")),
                text("done"));
        assertEquals(0, terminal.type("run", "check"));
        // Asked twice for the first, as the first answer was empty; once for the other.
        assertEquals(4, terminal.err.split("allow\\?", -1).length, terminal.err);
        assertTrue(terminal.err.contains("[y]es, yes for this [s]ession, this [p]roject, [a]lways, [n]o, or say what"));
        assertEquals(List.of(), terminal.kept);
    }

    @Test
    void aYesForeverBecomesARule() {
        terminal.isTerminal = true;
        terminal.stdin = "always\n";
        terminal.model = ScriptedModel.answering(calls(call("echo", "{\"text\":\"one\"}")), text("done"));
        assertEquals(0, terminal.type("run", "check"));
        assertEquals("user:echo one", terminal.kept.getFirst().id().toString());
    }

    @Test
    void whatMustBeAskedEachTimeIsNotKept() {
        terminal.isTerminal = true;
        terminal.stdin = "a\ny\n";
        terminal.program = "git";
        terminal.model = ScriptedModel.answering(calls(call("echo", "{\"text\":\"push\"}")), text("done"));
        assertEquals(0, terminal.type("run", "check"));
        assertTrue(terminal.err.contains("  A yes to this holds once only."), terminal.err);
        assertEquals(List.of(), terminal.kept);
    }

    @Test
    void whatAPersonSaysInsteadReachesTheModel() {
        terminal.isTerminal = true;
        terminal.stdin = "use make\n";
        terminal.model = ScriptedModel.answering(calls(call("echo", "{\"text\":\"one\"}")), text("done"));
        assertEquals(0, terminal.type("run", "check"));
        Message.Results results =
                (Message.Results) terminal.model.requests().getLast().messages().getLast();
        assertTrue(results.results().getFirst().text().endsWith("The user said instead: use make"));
    }

    @Test
    void yesAndNoAreUnderstood() {
        terminal.isTerminal = true;
        terminal.stdin = "y\nno\n";
        terminal.model = ScriptedModel.answering(
                calls(call("echo", "{\"text\":\"one\"}")), calls(call("echo", "{\"text\":\"two\"}")), text("done"));
        assertEquals(0, terminal.type("run", "check"));
        assertTrue(terminal.err.contains("! not allowed: run: echo two"), terminal.err);
    }

    @Test
    void anInputThatEndsCountsAsNobody() {
        terminal.isTerminal = true;
        terminal.model = ScriptedModel.answering(calls(call("echo", "{\"text\":\"one\"}")), text("done"));
        assertEquals(8, terminal.type("run", "check"));
    }

    @Test
    void thePromptComesFromStandardInputWhenNoneIsGiven() {
        terminal.stdin = "from the pipe\n";
        terminal.model = ScriptedModel.answering(text("done"));
        assertEquals(0, terminal.type("run"));
        assertEquals(
                new Message.User("from the pipe", List.of()),
                terminal.model.requests().getFirst().messages().getFirst());
    }

    @Test
    void aDashAddsStandardInputToThePrompt() {
        terminal.stdin = "diff --git a b\n";
        terminal.model = ScriptedModel.answering(text("done"));
        assertEquals(0, terminal.type("run", "review this", "-"));
        assertEquals(
                new Message.User("review this\n\ndiff --git a b", List.of()),
                terminal.model.requests().getFirst().messages().getFirst());
    }

    @Test
    void picturesReachTheModelAndWhatIsNoneIsRefused(@TempDir Path files) throws IOException {
        terminal.directory = files;
        Files.write(files.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        Files.writeString(files.resolve("b.png"), "text");
        terminal.model = ScriptedModel.answering(text("I see."));
        assertEquals(0, terminal.type("run", "--image", "a.png", "look"), terminal.err);
        Message.User said =
                (Message.User) terminal.model.requests().getFirst().messages().getFirst();
        assertEquals(List.of(new Image("image/png", "iVBORw0KGgo=")), said.images());
        assertEquals(2, terminal.type("run", "--image", "b.png", "look"));
        assertTrue(terminal.err.contains("`b.png` is no picture that models read"), terminal.err);
        assertEquals(2, terminal.type("run", "--image", "c.png", "look"));
        assertTrue(terminal.err.contains("`c.png` cannot be read"), terminal.err);
    }

    @Test
    void anEmptyPromptIsAUsageErrorAndMakesNoSession() {
        assertEquals(2, terminal.type("run", "  "));
        assertEquals(2, terminal.type("run"));
        terminal.isTerminal = true;
        assertEquals(2, terminal.type("run"));
        assertTrue(terminal.err.contains("Say what to do"), terminal.err);
        assertEquals(List.of(), terminal.sessions.list());
    }

    @Test
    void aPromptThatNoRequestCouldHoldIsRefusedWithTheRemedy() {
        terminal.stdin = "x".repeat(1_000_000);
        assertEquals(2, terminal.type("run"));
        assertTrue(terminal.err.contains("250,000 tokens"), terminal.err);
        assertTrue(terminal.err.contains("Put the text into a file"), terminal.err);
        terminal.stdin = "x".repeat(11_000_000);
        assertEquals(2, terminal.type("run"));
        assertTrue(terminal.err.contains("more than 10 MB"), terminal.err);
        assertEquals(List.of(), terminal.sessions.list());
    }

    @Test
    void continueAndResumeGoOnWithTheSameSession() {
        terminal.model = ScriptedModel.answering(text("one"), text("two"), text("three"));
        assertEquals(0, terminal.type("run", "first"));
        assertEquals(0, terminal.type("run", "--continue", "second"));
        Session only = terminal.sessions.list().getFirst();
        assertEquals(0, terminal.type("run", "--resume", only.id().value().substring(0, 34), "third"));
        assertEquals(1, terminal.sessions.list().size());
        assertEquals(
                List.of("first", "one", "second", "two", "third"),
                terminal.model.requests().getLast().messages().stream()
                        .map(message -> message instanceof Message.Assistant answer
                                ? answer.text()
                                : ((Message.User) message).text())
                        .toList());
    }

    @Test
    void continueAndResumeExcludeEachOther() {
        assertEquals(2, terminal.type("run", "--continue", "--resume", "ses_1", "go"));
    }

    @Test
    void aSessionThatIsNotThereIsSaidSo() {
        assertEquals(1, terminal.type("run", "--continue", "go"));
        assertTrue(terminal.err.contains("There is no session to continue"), terminal.err);
        assertEquals(2, terminal.type("run", "--resume", "ses_nothing", "go"));
        assertTrue(terminal.err.contains("There is no session `ses_nothing`"), terminal.err);
    }

    @Test
    void flagsBecomeSettings() {
        terminal.model = ScriptedModel.answering(text("done"));
        terminal.type("run", "--model", "openai/gpt-5", "--max-steps", "7", "--max-time", "5m", "--read-only", "go");
        assertEquals(
                Map.of(
                        "LLM_MODEL", "openai/gpt-5",
                        "AGENT_MAX_STEPS", "7",
                        "AGENT_MAX_TIME", "5m",
                        "READONLY_MODE", "true"),
                terminal.lastFlags.settings());
    }

    @Test
    void eachOutcomeHasItsExitCode() {
        Map<Status, Integer> codes =
                Arrays.stream(Status.values()).collect(Collectors.toMap(each -> each, ExitCode::of));
        assertEquals(
                Map.of(
                        Status.COMPLETED, 0,
                        Status.FAILED, 1,
                        Status.AUTH_ERROR, 3,
                        Status.PROVIDER_UNAVAILABLE, 4,
                        Status.LIMIT_STEPS, 5,
                        Status.LIMIT_TIME, 6,
                        Status.LIMIT_BUDGET, 7,
                        Status.DENIED, 8,
                        Status.LOOP_DETECTED, 9,
                        Status.CANCELLED, 130),
                codes);
    }

    @Test
    void theExitCodeTellsHowARunEnded() {
        assertEquals(1, ending(_ -> text("")));
        assertEquals(3, ending(_ -> {
            throw new ModelException(ModelException.Kind.AUTH, "The key is wrong.");
        }));
        assertTrue(terminal.err.contains("The key is wrong."), terminal.err);
        assertEquals(4, ending(_ -> {
            throw new ModelException(ModelException.Kind.NETWORK, "Nobody there.");
        }));
        terminal.limits = new Limits(1, Duration.ofMinutes(1), Optional.empty(), OptionalLong.empty());
        assertEquals(5, ending(_ -> calls(call("echo", "{\"text\":\"x\"}"))));
        terminal.limits = new Limits(9, Duration.ofMillis(50), Optional.empty(), OptionalLong.empty());
        assertEquals(6, ending(_ -> {
            new CountDownLatch(1).await();
            return text("never");
        }));
        terminal.limits = new Limits(9, Duration.ofMinutes(1), Optional.empty(), OptionalLong.of(1));
        assertEquals(7, ending(_ -> calls(call("echo", "{\"text\":\"x\"}"))));
        terminal.limits = Limits.DEFAULT;
        ScriptedModel.Step again = _ -> calls(call("echo", "{\"text\":\"x\"}"));
        assertEquals(9, ending(again, again, again, again, again, again, again, again));
        Thread turn = Thread.currentThread();
        assertEquals(130, ending(_ -> {
            turn.interrupt();
            new CountDownLatch(1).await();
            return text("never");
        }));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    private int ending(ScriptedModel.Step... script) {
        terminal.model = new ScriptedModel(List.of(script));
        return terminal.type("run", "--yes", "go");
    }

    @Test
    void theDemoSaysThatItsAnswersAreRecordedAndWhereItWorks() {
        terminal.model = ScriptedModel.answering(text("Mended."));
        assertEquals(0, terminal.type("demo"));
        assertEquals("Mended.\n", terminal.out);
        assertTrue(terminal.err.contains("come from a recording"), terminal.err);
        assertTrue(terminal.err.contains("/tmp/demo"), terminal.err);
    }
}
