package dev.fettle.core.agent;

import static dev.fettle.core.agent.Scene.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.todo.Todo;
import dev.fettle.core.todo.TodoTool;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a model has after a compaction, whatever the model that summarises says.
final class CompactionTest {
    private static final String LONG = "Something was printed that nobody needs. ".repeat(400);

    private final Scene scene = new Scene();

    CompactionTest() {
        scene.tool("look", Effect.READ, _ -> LONG);
        scene.log.append(new Event.SessionStarted("/work/here", "Be good."));
    }

    private Event.Compacted last() {
        return scene.log.entries().stream()
                .map(entry -> entry.event())
                .filter(Event.Compacted.class::isInstance)
                .map(Event.Compacted.class::cast)
                .toList()
                .getLast();
    }

    private static boolean isQuestion(ModelRequest request) {
        return request.system().startsWith("You keep the memory");
    }

    private void steps(int count, String prefix) {
        for (int i = 0; i < count; i++) {
            ToolCall call = new ToolCall(prefix + i, "look", "{\"at\": %d}".formatted(i));
            scene.log.append(said(call));
            scene.log.append(new Event.ToolStarted(call.id(), "look", Effect.READ));
            scene.log.append(new Event.ToolFinished(ToolResult.ok(call.id(), LONG), Map.of(), 1));
        }
    }

    private static Event.AssistantSaid said(ContentBlock... content) {
        return new Event.AssistantSaid(
                "test/model", List.of(content), StopReason.TOOL_CALLS, Usage.ZERO, Money.ZERO, 1);
    }

    private void wrote(String id, String path) {
        scene.log.append(said(new ToolCall(id, "edit", "{}")));
        scene.log.append(new Event.ToolStarted(id, "edit", Effect.KEYED));
        scene.log.append(new Event.ToolFinished(ToolResult.ok(id, "Edited."), Map.of(path, "aa"), 1));
    }

    private void refused(String id, String command, String reason) {
        scene.log.append(said(new ToolCall(id, "bash", "{}")));
        scene.log.append(new Event.PermissionDecided(
                id, new Permission.Execute(command), false, "person", "default:execute", reason));
        scene.log.append(new Event.ToolFinished(ToolResult.denied(id, "Not allowed."), Map.of(), 0));
    }

    private void todo(String id) {
        scene.log.append(said(new ToolCall(
                id, TodoTool.NAME, "{\"todos\": [{\"text\": \"weigh the tulips\", \"state\": \"open\"}]}")));
        scene.log.append(new Event.ToolFinished(ToolResult.ok(id, "[ ] weigh the tulips"), Map.of(), 0));
    }

    @Test
    void whatMattersOutlivesThreeCompactions() {
        scene.fullAt = 80;
        scene.log.append(new Event.UserSaid("Move the greenhouse to the zeppelin port.", List.of()));
        todo("t1");
        wrote("w1", "src/Zeppelin.java");
        wrote("w2", "src/Zeppelin.java");
        refused("r1", "git push --force", "the gardener is asleep");
        scene.log.append(new Event.SecretSeen("openai#1", "openai", "0f"));
        scene.log.append(new Event.Informed(
                Event.Informed.Part.INSTRUCTIONS, "src/AGENTS.md", "Instructions: water before noon."));

        for (int round = 1; round <= 3; round++) {
            steps(12, "s%d_".formatted(round));
            assertEquals(new Outcome.Completed(), scene.goOn(say("Nothing worth telling."), say("Done.")));
            ModelRequest next = scene.requests.getLast();
            String first = ((Message.User) next.messages().getFirst()).text();
            for (String planted : List.of(
                    "Move the greenhouse to the zeppelin port.",
                    "[ ] weigh the tulips",
                    "src/Zeppelin.java, 2 times",
                    "REFUSED by the user to run: git push --force: the gardener is asleep",
                    "water before noon",
                    "⟨secret:openai#1⟩",
                    "Nothing worth telling.")) {
                assertTrue(first.contains(planted), "round %d lost %s in %s".formatted(round, planted, first));
            }
            assertEquals("Be good.", next.system());
            assertEquals("window", last().by());
            assertTrue(last().after() < last().before() / 2, last().toString());
            scene.requests.clear();
            scene.log.append(new Event.UserSaid("And on.", List.of()));
        }
        assertEquals(
                List.of(new Todo("weigh the tulips", Todo.State.OPEN)),
                Conversation.of(scene.log.entries()).todos());
        assertEquals("aa", Conversation.of(scene.log.entries()).seen().get("src/Zeppelin.java"));
    }

    @Test
    void theSummaryIsPaidLikeAnyCall() {
        scene.fullAt = 80;
        scene.log.append(new Event.UserSaid("go", List.of()));
        steps(12, "s");
        scene.goOn(say("Short."), say("Done."));

        assertEquals(Scene.USAGE, last().usage());
        assertEquals(Scene.MODEL.cost(Scene.USAGE), last().cost());
        Conversation.TurnTotals totals = Conversation.of(scene.log.entries()).turn();
        assertEquals(Scene.USAGE.plus(Scene.USAGE), totals.usage());
        assertTrue(isQuestion(scene.requests.getFirst()));
        assertEquals(List.of(), scene.requests.getFirst().tools());
    }

    @Test
    void aDeathBeforeTheEventRepeatsOneCall() {
        scene.fullAt = 80;
        scene.log.append(new Event.UserSaid("go", List.of()));
        steps(12, "s");
        int before = scene.log.entries().size();
        scene.goOn(say("Short."), say("Done."));
        while (scene.log.entries().size() > before) {
            scene.log.dropLast();
        }
        scene.requests.clear();
        assertEquals(new Outcome.Completed(), scene.goOn(say("Short."), say("Done.")));
        assertEquals(
                1, scene.requests.stream().filter(CompactionTest::isQuestion).count());
    }

    @Test
    void withoutAModelTheEssentialsStandAlone() {
        scene.fullAt = 80;
        scene.log.append(new Event.UserSaid("Mend the clock.", List.of()));
        steps(12, "s");
        Scene.Reply away = _ -> {
            throw new ModelException(ModelException.Kind.OVERLOADED, "away");
        };
        assertEquals(new Outcome.Completed(), scene.goOn(away, say("Done.")));
        assertEquals("away", last().note());
        assertTrue(last().text().contains("Mend the clock."));
        assertFalse(last().text().contains("summarised by"));
    }

    @Test
    void aSummaryThatIsNoShorterIsRefused() {
        scene.fullAt = 80;
        scene.log.append(new Event.UserSaid("Mend the clock.", List.of()));
        steps(12, "s");
        assertEquals(new Outcome.Completed(), scene.goOn(say(LONG.repeat(20)), say("Done.")));
        assertEquals("the summary was no shorter than what it stood for", last().note());
        assertTrue(last().after() < last().before());
    }

    @Test
    void aConversationThatIsTooLongAfterShorteningIsCompacted() {
        scene.log.append(new Event.UserSaid("Mend the clock.", List.of()));
        steps(5, "s");
        Scene.Reply tooLong = _ -> {
            throw new ModelException(ModelException.Kind.CONTEXT_TOO_LONG, "too long");
        };
        assertEquals(new Outcome.Completed(), scene.goOn(tooLong, tooLong, say("Short."), say("Done.")));
        assertEquals("provider", last().by());
        assertTrue(scene.requests.getLast().messages().size() < 10);
    }

    @Test
    void whatCannotBecomeShorterIsLeftAlone() {
        scene.fullAt = 1;
        assertEquals(new Outcome.Completed(), scene.run(say("Hello.")));
        assertEquals(1, scene.requests.size());
    }

    @Test
    void whatAProviderCountedIsBelieved() {
        scene.fullAt = 80;
        scene.log.append(new Event.UserSaid("go", List.of()));
        steps(3, "s");
        scene.log.append(new Event.AssistantSaid(
                "test/model",
                List.of(new ContentBlock.Text("So far.")),
                StopReason.END,
                new Usage(70_000, 10_000, 0, 50, 0),
                Money.ZERO,
                1));
        scene.log.append(new Event.UserSaid("on", List.of()));
        scene.goOn(say("Short."), say("Done."));
        assertEquals("window", last().by());
    }

    /// Random sessions: results of one call or several, texts, advice; compacted again and again.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aCallNeverLosesItsResult(long seed) {
        Random random = new Random(seed);
        int next = 0;
        scene.model = new Model("test", "model", 20_000 + random.nextInt(60_000), 8_000, Optional.empty());
        for (int turn = 0; turn < 12; turn++) {
            scene.log.append(new Event.UserSaid("word ".repeat(random.nextInt(2_000)) + turn, List.of()));
            for (int step = random.nextInt(8); step > 0; step--) {
                List<ContentBlock> content = new ArrayList<>(List.of(new ContentBlock.Text("I see.")));
                List<ToolCall> calls = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    calls.add(new ToolCall("c" + next++, "look", "{}"));
                }
                content.addAll(calls);
                scene.log.append(said(content.toArray(ContentBlock[]::new)));
                for (ToolCall call : calls) {
                    scene.log.append(new Event.ToolFinished(
                            ToolResult.ok(call.id(), "x".repeat(random.nextInt(20_000))), Map.of(), 1));
                }
                if (random.nextInt(5) == 0) {
                    scene.log.append(new Event.Advised("You go in circles."));
                }
            }
            scene.fullAt = 1 + random.nextInt(80);
            scene.goOn(say("Short."), say("Done."));
            assertPaired(Conversation.of(scene.log.entries()).messages());
            scene.requests.forEach(request -> assertPaired(request.messages()));
            scene.requests.clear();
        }
        assertTrue(scene.log.entries().stream().anyMatch(entry -> entry.event() instanceof Event.Compacted));
    }

    private static void assertPaired(List<Message> messages) {
        Set<String> open = new HashSet<>();
        for (Message message : messages) {
            switch (message) {
                case Message.User _ -> assertEquals(Set.of(), open);
                case Message.Assistant answer -> {
                    assertEquals(Set.of(), open);
                    answer.calls().forEach(call -> open.add(call.id()));
                }
                case Message.Results results ->
                    results.results().forEach(result -> assertTrue(open.remove(result.callId()), result.callId()));
            }
        }
        assertEquals(Set.of(), open);
    }
}
