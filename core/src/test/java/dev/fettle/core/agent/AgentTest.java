package dev.fettle.core.agent;

import static dev.fettle.core.agent.Scene.say;
import static dev.fettle.core.agent.Scene.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.SandboxPolicy;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.session.Status;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentTest {
    private final Scene scene = new Scene();
    private final OneSession store = new OneSession(scene.log);

    @Test
    void aRequestBecomesATurnOfANewSession() {
        TurnResult result = run(new TurnRequest.Target.NewSession(), "mend it", say("done"));
        assertEquals(
                new TurnResult(
                        scene.log.session(),
                        new Outcome.Completed(),
                        "done",
                        "test/model",
                        1,
                        Scene.USAGE,
                        Money.of("0.002"),
                        result.duration(),
                        Optional.empty()),
                result);
        assertEquals("mend it", store.title);
    }

    @Test
    void theSystemTextOfTheFirstTurnServesAllLaterOnes() {
        run(new TurnRequest.Target.NewSession(), "first", say("one"));
        String system = scene.requests.getFirst().system();
        assertTrue(system.startsWith("You are Fettle"), system);
        scene.requests.clear();
        run(new TurnRequest.Target.LatestSession(), "second", say("two"));
        assertEquals(system, scene.requests.getFirst().system());
        assertEquals(3, scene.requests.getFirst().messages().size());
    }

    @Test
    void whatACrashLeftOpenIsAnsweredBeforeTheNextTurn() {
        scene.log.append(new Event.SessionStarted("/work/here", "Be good."));
        scene.log.append(new Event.UserSaid("first", List.of()));
        scene.log.append(new Event.AssistantSaid(
                "test/model",
                List.of(use("a", "bash"), use("b", "bash")),
                StopReason.TOOL_CALLS,
                Usage.ZERO,
                Money.ZERO,
                1));
        scene.log.append(new Event.ToolStarted("a", "bash", Effect.UNSAFE));

        run(new TurnRequest.Target.GivenSession(scene.log.session()), "go on", say("done"));

        Message.Results results =
                (Message.Results) scene.requests.getFirst().messages().get(2);
        assertEquals(
                List.of(ToolResult.Kind.UNKNOWN, ToolResult.Kind.ERROR),
                results.results().stream().map(ToolResult::kind).toList());
        assertTrue(results.results().getFirst().text().startsWith("Unknown outcome: the process died"));
        assertEquals(
                List.of(Status.FAILED, Status.COMPLETED),
                scene.log.entries().stream()
                        .filter(entry -> entry.event() instanceof Event.TurnEnded)
                        .map(entry ->
                                ((Event.TurnEnded) entry.event()).outcome().status())
                        .toList());
        assertEquals(List.of(), Conversation.of(scene.log.entries()).openCalls());
    }

    @Test
    void theTurnThatACrashCutShortGoesOnWithoutDoingAnythingTwice() {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        scene.tool("look", Effect.READ, _ -> "looked" + ran.add("look"));
        scene.tool("bash", Effect.UNSAFE, _ -> "ran" + ran.add("bash"));
        scene.log.append(new Event.SessionStarted("/work/here", "Be good."));
        scene.log.append(new Event.UserSaid("mend it", List.of()));
        scene.log.append(new Event.AssistantSaid(
                "test/model",
                List.of(use("a", "bash"), use("b", "look"), use("c", "bash"), use("d", "bash")),
                StopReason.TOOL_CALLS,
                Usage.ZERO,
                Money.ZERO,
                1));
        scene.log.append(new Event.ToolStarted("a", "bash", Effect.UNSAFE));
        scene.log.append(new Event.ToolFinished(ToolResult.ok("a", "done before"), Map.of(), 1));
        scene.log.append(new Event.ToolStarted("b", "look", Effect.READ));
        scene.log.append(new Event.ToolStarted("c", "bash", Effect.UNSAFE));

        TurnResult result =
                agent(say("done")).resume(new TurnRequest.Target.GivenSession(scene.log.session()), TurnListener.NONE);

        assertEquals(new Outcome.Completed(), result.outcome());
        assertEquals(2, result.steps());
        assertEquals(List.of("bash", "look"), ran.stream().sorted().toList());
        Message.Results results =
                (Message.Results) scene.requests.getFirst().messages().get(2);
        assertEquals(
                List.of(
                        "done before",
                        "lookedtrue",
                        Turn.IN_DOUBT + "\nNo file here has changed since it began, as far as can be seen.",
                        "rantrue"),
                results.results().stream().map(ToolResult::text).toList());
        assertEquals(
                1,
                scene.log.entries().stream()
                        .filter(entry -> entry.event() instanceof Event.UserSaid)
                        .count());
    }

    @Test
    void aTurnThatHasEndedDoesNotGoOn() {
        run(new TurnRequest.Target.NewSession(), "first", say("one"));
        SessionException ended = assertThrows(
                SessionException.class,
                () -> agent(say("never")).resume(new TurnRequest.Target.LatestSession(), TurnListener.NONE));
        assertTrue(ended.getMessage().endsWith("has ended; say what to do next"), ended.getMessage());
    }

    @Test
    void aTurnThatHasNotEndedIsNotCompacted() {
        scene.log.append(new Event.SessionStarted("/work/here", "Be good."));
        scene.log.append(new Event.UserSaid("mend it ".repeat(5_000), List.of()));
        SessionException open = assertThrows(
                SessionException.class,
                () -> agent(say("never")).compact(scene.log.session(), Optional.empty(), TurnListener.NONE));
        assertEquals(SessionException.Kind.BUSY, open.kind());
        assertEquals(2, scene.log.entries().size());
    }

    @Test
    void listenersHearEveryEventAfterItIsInTheLog() {
        List<LogEntry> heard = new ArrayList<>();
        agent(say("done")).run(request(new TurnRequest.Target.NewSession(), "go"), new TurnListener() {
            @Override
            public void onEvent(LogEntry entry) {
                assertTrue(scene.log.entries().contains(entry));
                heard.add(entry);
            }

            @Override
            public void onDelta(Delta delta) {}
        });
        assertEquals(scene.log.entries(), heard);
    }

    @Test
    void aSessionThatIsNotThereIsSaidSo() {
        store.isEmpty = true;
        SessionException latest = assertThrows(
                SessionException.class, () -> run(new TurnRequest.Target.LatestSession(), "go", say("never")));
        assertTrue(latest.getMessage().contains("leave out --continue"), latest.getMessage());
        assertThrows(
                SessionException.class,
                () -> run(new TurnRequest.Target.GivenSession(scene.log.session()), "go", say("never")));
        assertEquals(List.of(), scene.requests);
    }

    @Test
    void anEmptyPromptIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> request(new TurnRequest.Target.NewSession(), " \n"));
    }

    @Test
    void longPromptsGetAShortTitle() {
        run(new TurnRequest.Target.NewSession(), "x".repeat(100) + "\nand more", say("done"));
        assertEquals("x".repeat(71) + "…", store.title);
    }

    private TurnResult run(TurnRequest.Target target, String prompt, Scene.Reply... replies) {
        return agent(replies).run(request(target, prompt), TurnListener.NONE);
    }

    private Agent agent(Scene.Reply... replies) {
        return new Agent(
                store,
                scene.assignment(),
                scene.provider(replies),
                new Toolbox(scene.tools),
                new Agent.Guard(new SandboxPolicy(true, () -> Optional.of("this is a test")), Approver.YES),
                InstantSource.system());
    }

    private static TurnRequest request(TurnRequest.Target target, String prompt) {
        return new TurnRequest(target, prompt, List.of());
    }

    /// Holds the scene's log as its only session.
    private static final class OneSession implements SessionStore {
        private final EventLog log;
        private String title = "";
        private boolean isEmpty;

        OneSession(EventLog log) {
            this.log = log;
        }

        private Session session() {
            return new Session(
                    log.session(),
                    title,
                    "/work/here",
                    Session.LOCAL_USER,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        public Session create(String workspace, String newTitle, String user) {
            title = newTitle;
            return session();
        }

        @Override
        public Optional<Session> find(SessionId id) {
            return isEmpty ? Optional.empty() : Optional.of(session());
        }

        @Override
        public List<Session> list(SessionFilter filter) {
            return isEmpty ? List.of() : List.of(session());
        }

        @Override
        public void rename(SessionId id, String newTitle) {
            title = newTitle;
        }

        @Override
        public void delete(SessionId id) {
            isEmpty = true;
        }

        @Override
        public Session fork(SessionId id, long last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<LogEntry> history(SessionId id, long after) {
            return log.entries();
        }

        @Override
        public EventLog open(SessionId id) {
            return log;
        }
    }
}
