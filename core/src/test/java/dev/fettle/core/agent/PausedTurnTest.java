package dev.fettle.core.agent;

import static dev.fettle.core.agent.Scene.call;
import static dev.fettle.core.agent.Scene.say;
import static dev.fettle.core.agent.Scene.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Decision;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.Scope;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.turn.HandOver;
import dev.fettle.core.turn.Interjections;
import dev.fettle.core.turn.TurnPausedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Turns that stop without ending, and go on.
class PausedTurnTest {
    private final Scene scene = new Scene();
    private final AtomicInteger ran = new AtomicInteger();

    @Test
    void whatTheUserSaysMeanwhileIsHeardBeforeTheNextStepOfTheSameTurn() {
        scene.tool("make", Effect.UNSAFE, _ -> {
            scene.interjections.add(new Interjections.Words("in blue, please", List.of()));
            return "made";
        });

        Outcome outcome = scene.run(call(use("1", "make")), say("blue it is"));

        assertEquals(new Outcome.Completed(), outcome);
        assertEquals(
                new Message.User("in blue, please", List.of()),
                scene.requests.getLast().messages().getLast());
        assertEquals(List.of(), scene.interjections.waiting());
        assertEquals(2, Conversation.of(scene.log.entries()).turn().steps());
    }

    @Test
    void whatIsSaidAfterTheLastStepIsLeftToTheNextTurn() {
        Outcome outcome = scene.run(request -> {
            scene.interjections.add(new Interjections.Words("one more thing", List.of()));
            return say("done").to(request);
        });

        assertEquals(new Outcome.Completed(), outcome);
        assertEquals(1, scene.interjections.waiting().size());
    }

    private void tool() {
        scene.tool("make", Effect.UNSAFE, _ -> "made " + ran.incrementAndGet());
    }

    private Event last() {
        return scene.log.entries().getLast().event();
    }

    @Test
    void aTurnHandedOverStopsAfterItsStepAndGoesOnWithTheNext() {
        tool();
        TurnPausedException pause = assertThrows(
                TurnPausedException.class,
                () -> scene.run(request -> {
                    scene.handOver.request();
                    return call(use("1", "make")).to(request);
                }));
        assertEquals(Optional.empty(), pause.question());
        assertEquals(0, ran.get());

        scene.handOver = new HandOver();
        assertInstanceOf(Outcome.Completed.class, scene.goOn(call(), say("done")));

        assertEquals(1, ran.get());
        assertEquals(2, scene.requests.size());
        assertInstanceOf(Event.TurnEnded.class, last());
    }

    @Test
    void aToolUnderWayIsLetFinishWhenItsTurnIsHandedOver() {
        scene.tool("make", Effect.UNSAFE, _ -> {
            scene.handOver.request();
            return "made";
        });
        assertThrows(TurnPausedException.class, () -> scene.run(call(use("1", "make"))));

        assertEquals(List.of(ToolResult.Kind.OK), kinds());
        assertInstanceOf(Event.ToolFinished.class, last());
    }

    @Test
    void aTurnInterruptedToBeHandedOverDoesNotEnd() {
        scene.tool("make", Effect.UNSAFE, _ -> {
            scene.handOver.request();
            turn().interrupt();
            new CountDownLatch(1).await();
            return "never";
        });
        assertThrows(TurnPausedException.class, () -> scene.run(call(use("1", "make"))));

        assertEquals(List.of(ToolResult.Kind.CANCELLED), kinds());
        assertInstanceOf(Event.ToolFinished.class, last());
    }

    private final Thread turn = Thread.currentThread();

    private Thread turn() {
        return turn;
    }

    @Test
    void aQuestionThatIsAnsweredLaterStopsTheTurnUntilThen() {
        tool();
        scene.policy = _ -> new Decision.Ask(Scene.RULE, "no sandbox");
        scene.approver = _ -> new Approver.Answer.Later();

        TurnPausedException pause =
                assertThrows(TurnPausedException.class, () -> scene.run(call(use("1", "make"), use("2", "make"))));

        Event.ApprovalAsked asked =
                new Event.ApprovalAsked("1", new Permission.Execute("make"), Scene.RULE.toString(), "no sandbox");
        assertEquals(Optional.of(asked), pause.question());
        assertEquals(asked, last());
        assertEquals(0, ran.get());

        scene.approver = _ -> new Approver.Answer.Yes(Scope.ONCE);
        assertInstanceOf(Outcome.Completed.class, scene.goOn(call(), say("done")));
        assertEquals(2, ran.get());
        assertEquals(List.of(ToolResult.Kind.OK, ToolResult.Kind.OK), kinds());
    }

    @Test
    void aSessionThatWasTakenOverEndsTheTurnBeforeTheToolRuns() {
        tool();
        scene.log.isLost = true;

        SessionException lost = assertThrows(SessionException.class, () -> scene.run(call(use("1", "make"))));

        assertEquals(SessionException.Kind.LOST, lost.kind());
        assertEquals(0, ran.get());
        assertTrue(kinds().isEmpty());
    }

    private List<ToolResult.Kind> kinds() {
        return scene.results().stream().map(ToolResult::kind).toList();
    }
}
