package dev.fettle.cli;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.cli.host.Host;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunFilter;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.Status;
import dev.fettle.testkit.ScriptedModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunsCommandTest {
    private final Terminal terminal = new Terminal();

    private Run queue(String prompt) {
        assertEquals(0, terminal.type("run", "--background", "--max-steps", "7", prompt), terminal.err);
        Run run = terminal.runs.list(RunFilter.ALL.most(1)).getFirst();
        assertEquals(run.id() + "\n", terminal.out);
        return run;
    }

    @Test
    void aPromptInTheBackgroundIsQueuedWithItsSettingsAndItsWorkspace() {
        Run run = queue("mend it with sk-proj-aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5z");

        assertTrue(
                run.request().prompt().startsWith("mend it with ⟨secret:"),
                run.request().prompt());
        assertEquals("7", run.request().settings().get("AGENT_MAX_STEPS"));
        assertEquals("/nowhere", run.request().settings().get("WORK_DIR"));
        Session session = terminal.sessions.find(run.session()).orElseThrow();
        assertEquals("/nowhere", session.workspace());
        assertTrue(terminal.err.contains("fettle runs follow " + run.id()), terminal.err);
    }

    @Test
    void aSessionGoesOnInTheBackground() {
        Run first = queue("mend it");
        assertEquals(0, terminal.type("run", "--continue", "--background", "and again"), terminal.err);
        assertEquals(
                List.of(first.session(), first.session()),
                terminal.runs.list(RunFilter.ALL.most(9)).stream()
                        .map(Run::session)
                        .toList());
        assertEquals(2, terminal.type("run", "--continue", "--background"));
        assertTrue(terminal.err.contains("Say what to do"), terminal.err);
    }

    @Test
    void runsAreListedTheLatestFirst() {
        queue("first\nwith more");
        queue("second");

        assertEquals(0, terminal.type("runs", "list"));

        List<String> lines = terminal.out.lines().toList();
        assertTrue(lines.get(0).endsWith("ready                 second"), lines.get(0));
        assertTrue(lines.get(1).endsWith("  first"), lines.get(1));
        assertEquals(0, terminal.type("runs", "list", "--json", "--limit", "1"));
        JsonNode json = JsonMapper.shared().readTree(terminal.out);
        assertEquals(1, json.size());
        assertEquals("second", json.get(0).get("prompt").asString());
    }

    @Test
    void aRunIsShownCancelledAndAnswered() {
        Run run = queue("mend it");
        terminal.runs.put(
                run.id(),
                new RunState.Waiting(new Event.ApprovalAsked("1", new Permission.Execute("make"), "r", "no sandbox")));
        assertEquals(0, terminal.type("runs", "show", "latest"));
        assertEquals(
                "for an approval to run: make",
                JsonMapper.shared().readTree(terminal.out).get("message").asString());

        assertEquals(0, terminal.type("runs", "deny", run.id().value(), "--reason", "not now"));
        assertEquals(Optional.of(new RunQueue.Answer.No("not now")), terminal.runs.lastAnswer());
        assertEquals(1, terminal.type("runs", "approve", run.id().value()));
        assertTrue(terminal.err.contains("waits for no answer"), terminal.err);

        assertEquals(0, terminal.type("runs", "cancel", run.id().value().substring(4)));
        assertTrue(terminal.err.contains("is cancelled"), terminal.err);
    }

    @Test
    void anUnknownOrUnclearRunIsAUsageError() {
        assertEquals(2, terminal.type("runs", "show", "run_123"));
        assertTrue(terminal.err.contains("There is no run `run_123`"), terminal.err);
        queue("1");
        queue("2");
        assertEquals(2, terminal.type("runs", "show", "run_"));
        assertTrue(terminal.err.contains("begins the ids of 2 runs"), terminal.err);
    }

    @Test
    void whoFollowsSeesTheTurnOfTheRunAloneAndGetsItsExitCode() {
        Run run = queue("mend it");
        terminal.model = ScriptedModel.answering(text("an earlier answer"));
        terminal.type("run", "--resume", run.session().value(), "something else");
        try (EventLog log = terminal.sessions.open(run.session())) {
            log.append(new Event.UserSaid("mend it", List.of(), Optional.of(run.id())));
            log.append(new Event.PermissionDecided("1", new Permission.Execute("rm"), false, "person", "r", "no"));
        }
        terminal.runs.put(run.id(), new RunState.Ended(Status.DENIED, "Not allowed."));

        assertEquals(8, terminal.type("runs", "follow", "latest"));

        assertTrue(terminal.err.contains("not allowed: run: rm"), terminal.err);
        assertTrue(terminal.err.endsWith("denied Not allowed.\n"), terminal.err);
        assertTrue(!terminal.err.contains("an earlier answer"), terminal.err);
    }

    @Test
    void aWorkerThatCannotStartSaysWhyAndIsClosed() {
        assertEquals(1, terminal.type("worker", "--model", "test/model"));
        assertTrue(terminal.err.contains("No database"), terminal.err);
        assertEquals(1, terminal.type("scheduler"));
        assertEquals(
                List.of("worker started", "worker closed", "scheduler started", "scheduler closed"), terminal.roles);
    }

    @Test
    void aServerIsToldWhereToListenAndWhetherToWork() {
        assertEquals(1, terminal.type("serve", "--model", "test/model"));
        assertEquals(new Host.Serving("127.0.0.1", Optional.empty(), true, List.of()), terminal.lastServing);
        assertEquals(
                1,
                terminal.type("serve", "--host", "::1", "--port", "0", "--roles", "web", "--services", "chat,tools"));
        assertEquals(new Host.Serving("::1", Optional.of(0), false, List.of("chat", "tools")), terminal.lastServing);
        assertEquals(List.of("server started", "server closed", "server started", "server closed"), terminal.roles);
        for (String[] wrong :
                new String[][] {{"--port", "65536"}, {"--roles", "web,scheduler"}, {"--roles", "worker"}}) {
            assertEquals(2, terminal.type("serve", wrong[0], wrong[1]));
        }
    }
}
