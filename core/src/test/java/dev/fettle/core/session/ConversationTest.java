package dev.fettle.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.session.Conversation.OpenCall;
import dev.fettle.core.session.Conversation.TurnTotals;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConversationTest {
    private static final Usage USAGE = new Usage(100, 20, 3, 10, 5);
    private static final Money COST = Money.of("0.25");
    private static final ToolCall FIRST = new ToolCall("call_1", "read", "{\"path\":\"a\"}");
    private static final ToolCall SECOND = new ToolCall("call_2", "bash", "{\"command\":\"ls\"}");

    private static Conversation of(Event... events) {
        return Conversation.of(IntStream.range(0, events.length)
                .mapToObj(i -> new LogEntry(i + 1L, Instant.EPOCH, events[i]))
                .toList());
    }

    private static Event.UserSaid user(String text) {
        return new Event.UserSaid(text, List.of());
    }

    private static Event.AssistantSaid answer(ContentBlock... content) {
        return new Event.AssistantSaid("anthropic/opus", List.of(content), StopReason.END, USAGE, COST, 1);
    }

    private static ContentBlock text(String text) {
        return new ContentBlock.Text(text);
    }

    private static Event.ToolStarted started(ToolCall call) {
        return new Event.ToolStarted(call.id(), call.name(), Effect.UNSAFE);
    }

    private static Event.ToolFinished finished(ToolResult result, Map<String, String> seen) {
        return new Event.ToolFinished(result, seen, 1);
    }

    private static Event.ToolFinished finished(ToolCall call) {
        return finished(ToolResult.ok(call.id(), call.name() + " done"), Map.of());
    }

    @Test
    void anEmptyLogIsAnEmptyConversation() {
        Conversation nothing = of();

        assertEquals(List.of(), nothing.messages());
        assertEquals(List.of(), nothing.openCalls());
        assertEquals(Optional.empty(), nothing.instructions());
        assertEquals(Set.of(), nothing.callIds());
        assertEquals(Map.of(), nothing.seen());
        assertEquals(TurnTotals.NONE, nothing.turn());
        assertEquals("", nothing.lastText());
        assertFalse(nothing.isTurnOpen());
    }

    @Test
    void wordsDuringATurnDoNotBeginAnother() {
        Conversation conversation = of(user("go"), answer(text("on it")), user("in blue"));

        assertEquals(1, conversation.turn().steps());
        assertEquals(
                new Message.User("in blue", List.of()), conversation.messages().getLast());

        conversation.apply(new Event.TurnEnded(new Outcome.Completed()));
        conversation.apply(user("next"));
        assertEquals(TurnTotals.NONE, conversation.turn());
    }

    @Test
    void aWholeTurnBecomesTheMessagesTheModelSees() {
        Image image = new Image("image/png", "aGk=");
        Conversation conversation = of(
                new Event.SessionStarted("/work", "You are Fettle."),
                new Event.UserSaid("Fix this", List.of(image)),
                answer(text("Let me look."), FIRST),
                started(FIRST),
                finished(FIRST),
                answer(text("Done.")),
                new Event.TurnEnded(new Outcome.Completed()));

        assertEquals(
                List.of(
                        new Message.User("Fix this", List.of(image)),
                        new Message.Assistant(List.of(text("Let me look."), FIRST), "anthropic/opus"),
                        new Message.Results(List.of(ToolResult.ok("call_1", "read done"))),
                        new Message.Assistant(List.of(text("Done.")), "anthropic/opus")),
                conversation.messages());
        assertEquals(Optional.of("You are Fettle."), conversation.instructions());
        assertEquals("Done.", conversation.lastText());
        assertEquals(Set.of("call_1"), conversation.callIds());
    }

    @Test
    void resultsComeInTheOrderOfTheCallsHoweverTheyFinish() {
        Conversation conversation = of(
                user("go"), answer(FIRST, SECOND), started(FIRST), started(SECOND), finished(SECOND), finished(FIRST));

        assertEquals(
                new Message.Results(
                        List.of(ToolResult.ok("call_1", "read done"), ToolResult.ok("call_2", "bash done"))),
                conversation.messages().getLast());
        assertEquals(List.of(), conversation.openCalls());
    }

    @Test
    void noResultIsShownBeforeAllCallsAreAnswered() {
        Conversation conversation = of(user("go"), answer(FIRST, SECOND), started(FIRST), finished(FIRST));

        assertEquals(2, conversation.messages().size());
        assertEquals(List.of(new OpenCall(SECOND, Optional.empty())), conversation.openCalls());
    }

    @Test
    void aCrashLeavesItsCallsOpenAndKnowsWhichHadStarted() {
        Conversation crashed = of(user("go"), answer(FIRST, SECOND), started(FIRST));

        assertEquals(
                List.of(new OpenCall(FIRST, Optional.of(Effect.UNSAFE)), new OpenCall(SECOND, Optional.empty())),
                crashed.openCalls());
        assertTrue(crashed.isTurnOpen());

        crashed.apply(finished(ToolResult.unknown("call_1", "Unknown"), Map.of()));
        crashed.apply(finished(ToolResult.error("call_2", "Not run"), Map.of()));
        crashed.apply(new Event.TurnEnded(new Outcome.Failed(Outcome.Cause.OTHER, "died")));

        assertEquals(
                new Message.Results(
                        List.of(ToolResult.unknown("call_1", "Unknown"), ToolResult.error("call_2", "Not run"))),
                crashed.messages().getLast());
        assertEquals(List.of(), crashed.openCalls());
        assertFalse(crashed.isTurnOpen());
    }

    @Test
    void aCallRefusedBeforeItStartedIsAnswered() {
        Conversation conversation =
                of(user("go"), answer(FIRST), finished(ToolResult.denied("call_1", "No"), Map.of()));

        assertEquals(
                new Message.Results(List.of(ToolResult.denied("call_1", "No"))),
                conversation.messages().getLast());
    }

    @Test
    void anAnswerToACallNobodyMadeChangesNothing() {
        Conversation conversation = of(user("go"), answer(text("hi")), started(SECOND), finished(SECOND));

        assertEquals(2, conversation.messages().size());
        assertEquals(List.of(), conversation.openCalls());
    }

    @Test
    void theTurnCountsFromItsPromptAndTheSessionFromTheStart() {
        Conversation conversation = of(
                user("one"),
                answer(FIRST),
                finished(FIRST),
                answer(text("Done.")),
                new Event.TurnEnded(new Outcome.Completed()));
        TurnTotals two = new TurnTotals(2, USAGE.plus(USAGE), Money.of("0.5"), 0);
        assertEquals(two, conversation.turn());
        assertEquals(two, conversation.session());

        conversation.apply(user("two"));
        assertEquals(TurnTotals.NONE, conversation.turn());
        assertTrue(conversation.isTurnOpen());

        conversation.apply(answer(text("Done again.")));
        assertEquals(new TurnTotals(1, USAGE, COST, 0), conversation.turn());
        assertEquals(new TurnTotals(3, USAGE.plus(USAGE).plus(USAGE), Money.of("0.75"), 0), conversation.session());
    }

    @Test
    void onlyRefusalsForWantOfAPersonAreUnanswered() {
        Permission run = new Permission.Execute("ls");

        Conversation conversation = of(
                user("go"),
                answer(FIRST, SECOND),
                new Event.PermissionDecided("call_1", run, false, "policy", "r", "no"),
                new Event.PermissionDecided("call_1", run, true, "person", "r", ""),
                new Event.PermissionDecided("call_2", run, false, "nobody", "r", "--yes"));

        assertEquals(1, conversation.turn().unanswered());
    }

    @Test
    void theLastContentOfAFileIsWhatWasSeen() {
        Conversation conversation = of(
                user("go"),
                answer(FIRST),
                finished(ToolResult.ok("call_1", "x"), Map.of("a", "11", "b", "22")),
                answer(SECOND),
                finished(ToolResult.ok("call_2", "x"), Map.of("a", "33")));

        assertEquals(Map.of("a", "33", "b", "22"), conversation.seen());
    }

    @Test
    void theLastTextIsThatOfTheLastAnswer() {
        assertEquals("", of(user("go"), answer(text("Looking.")), answer(FIRST)).lastText());
        assertEquals(
                "Looking.",
                of(user("go"), answer(text("Looking."), FIRST), finished(FIRST)).lastText());
    }

    @Test
    void whatItHandsOutCannotBeChanged() {
        Conversation conversation = of(user("go"), answer(FIRST));

        assertThrows(
                UnsupportedOperationException.class,
                () -> conversation.messages().add(new Message.User("x", List.of())));
        assertThrows(
                UnsupportedOperationException.class,
                () -> conversation.callIds().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> conversation.seen().put("a", "b"));
    }
}
