package dev.fettle.core.agent;

import static dev.fettle.core.agent.Scene.call;
import static dev.fettle.core.agent.Scene.say;
import static dev.fettle.core.agent.Scene.stop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Status;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What models and their servers send that nobody would expect, and how the turn ends.
class OddAnswersTest {
    private static final int FIVE_MEGABYTES = 5 * 1024 * 1024;
    private static final ContentBlock THINKING = new ContentBlock.Reasoning("Hm.", "d", "{\"signed\":1}");

    private final Scene scene = new Scene();

    record Note(String text) {}

    private static final class Notes implements RecordTool<Note> {
        @Override
        public String name() {
            return "note";
        }

        @Override
        public String description() {
            return "Takes a note.";
        }

        @Override
        public Class<Note> arguments() {
            return Note.class;
        }

        @Override
        public Effect effect() {
            return Effect.READ;
        }

        @Override
        public List<Permission> permissions(Note note) {
            return List.of();
        }

        @Override
        public ToolOutput run(Note note, ToolContext context) {
            return ToolOutput.of("noted %d characters".formatted(note.text().length()));
        }
    }

    @BeforeEach
    void giveATool() {
        scene.tools.add(new Notes());
    }

    private List<ToolResult> resultsOf(String tool, String arguments) {
        assertEquals(new Outcome.Completed(), scene.run(call(new ToolCall("a", tool, arguments)), say("done")));
        return scene.results();
    }

    private void assertBoundedError(String tool, String arguments) {
        List<ToolResult> results = resultsOf(tool, arguments);
        assertEquals(1, results.size());
        assertEquals(ToolResult.Kind.ERROR, results.getFirst().kind());
        int length = results.getFirst().text().length();
        assertTrue(length < 2_000, "the model is told %d characters".formatted(length));
    }

    @Test
    void anAnswerWithoutAnythingFailsTheTurn() {
        assertEquals(Status.FAILED, scene.run(stop(StopReason.END)).status());
        assertEquals(
                Status.FAILED,
                new Scene()
                        .run(stop(StopReason.END, new ContentBlock.Text(" \n")))
                        .status());
        assertEquals(Status.FAILED, new Scene().run(stop(StopReason.TOOL_CALLS)).status());
    }

    @Test
    void onlyReasoningIsAnEmptyAnswerAndTheSessionGoesOn() {
        Outcome outcome = scene.run(stop(StopReason.END, THINKING));

        assertEquals(Status.FAILED, outcome.status());
        assertEquals("The model gave an empty answer. Continue the session to try again.", outcome.message());
        assertEquals(new Outcome.Completed(), scene.run(say("never asked"), say("done")));
    }

    @Test
    void aRefusalFailsTheTurnInTheModelsWords() {
        assertEquals(
                new Outcome.Failed(Outcome.Cause.OTHER, "The model declined: I won't."),
                scene.run(stop(StopReason.REFUSAL, new ContentBlock.Text("I won't."))));
    }

    @Test
    void malformedArgumentsAreExplainedAndTheTurnGoesOn() {
        assertBoundedError("note", "{\"text\": \"unfini");
    }

    @Test
    void fiveMegabytesOfArgumentsAreTakenWhole() {
        String huge = "{\"text\":\"" + "x".repeat(FIVE_MEGABYTES) + "\"}";
        assertEquals(List.of(ToolResult.ok("a", "noted 5242880 characters")), resultsOf("note", huge));
    }

    @Test
    void fiveMegabytesOfNonsenseAreNotThrownBackAtTheModel() {
        assertBoundedError("note", "x".repeat(FIVE_MEGABYTES));
    }

    @Test
    void anArgumentWithANameOfFiveMegabytesIsNotQuoted() {
        assertBoundedError("note", "{\"" + "x".repeat(FIVE_MEGABYTES) + "\":1}");
    }

    @Test
    void anArgumentWithALongNameIsQuotedInPart() {
        assertBoundedError("note", "{\"" + "x".repeat(40_000) + "\":1}");
    }

    @Test
    void argumentsNestedWithoutEndAreMalformed() {
        assertBoundedError("note", "{\"text\":" + "[".repeat(FIVE_MEGABYTES));
    }

    @Test
    void aToolWithANameOfFiveMegabytesIsUnknown() {
        assertBoundedError("x".repeat(FIVE_MEGABYTES), "{}");
    }

    @Test
    void anAnswerOfAnotherModelIsLoggedAndBilledAsItsOwn() {
        Model other = new Model(
                "other",
                "dear",
                100_000,
                8_000,
                Optional.of(new Price(BigDecimal.TEN, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)));

        scene.run(request -> say("done").to(request).by(other));

        Event.AssistantSaid said = scene.log.entries().stream()
                .filter(entry -> entry.event() instanceof Event.AssistantSaid)
                .map(entry -> (Event.AssistantSaid) entry.event())
                .findFirst()
                .orElseThrow();
        assertEquals("other/dear", said.model());
        assertEquals(Money.of("0.01"), said.cost());
        assertEquals(
                new Message.Assistant(List.of(new ContentBlock.Text("done")), "other/dear"),
                Conversation.of(scene.log.entries()).lastAnswer().orElseThrow());
    }

    @Test
    void aClockThatJumpsBackMakesNoNegativeTimes() {
        Instant[] now = {Instant.parse("2026-11-21T09:00:00Z")};
        InstantSource jumping = () -> {
            now[0] = now[0].minus(Duration.ofHours(1));
            return now[0];
        };
        scene.clock = jumping;
        scene.run(call(new ToolCall("a", "note", "{\"text\":\"x\"}")), say("done"));

        scene.log.entries().forEach(entry -> {
            switch (entry.event()) {
                case Event.AssistantSaid said -> assertEquals(0, said.durationMs());
                case Event.ToolFinished finished -> assertEquals(0, finished.durationMs());
                default -> {}
            }
        });
    }
}
