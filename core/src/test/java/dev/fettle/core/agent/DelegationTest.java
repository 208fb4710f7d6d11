package dev.fettle.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.monitor.Tally;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.usage.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DelegationTest {
    private static final String TWO = "{\"questions\": [\"Where is tax added?\", \"Who calls total?\"]}";

    private final Scene scene = new Scene();
    private final List<ModelRequest> asked = Collections.synchronizedList(new ArrayList<>());

    /// Answers a question of the delegated ones.
    private interface Expert {
        ContentBlock answer(String question, ModelRequest request) throws InterruptedException;
    }

    private Outcome run(String arguments, Expert expert) {
        ModelProvider provider = (request, _) -> {
            String question = question(request);
            if (!question.isEmpty()) {
                asked.add(request);
                return response(expert.answer(question, request));
            }
            boolean isAnswered = request.messages().getLast() instanceof Message.Results;
            return response(isAnswered ? new ContentBlock.Text("all clear") : new ToolCall("d", "delegate", arguments));
        };
        scene.log.append(new Event.SessionStarted("/work/here", "Be good."));
        scene.log.append(new Event.UserSaid("go", List.of()));
        Toolbox toolbox = new Toolbox(scene.tools);
        AgentLoop loop = new AgentLoop(provider, new Gatekeeper(scene.policy, scene.approver), scene.clock);
        Turn turn = new Turn(scene.assignment(), toolbox, scene.log, TurnListener.NONE, scene.handOver);
        turn.equip(new Delegation(turn, loop, toolbox.reading(), scene.clock));
        return loop.run(turn);
    }

    /// What a delegated agent is asked; empty if it is none.
    private static String question(ModelRequest request) {
        String first = ((Message.User) request.messages().getFirst()).text();
        return first.startsWith("Another agent") ? first.substring(first.lastIndexOf('\n') + 1) : "";
    }

    private static ModelResponse response(ContentBlock block) {
        return new ModelResponse(
                new Message.Assistant(List.of(block)),
                block instanceof ToolCall ? StopReason.TOOL_CALLS : StopReason.END,
                Scene.USAGE);
    }

    private ToolResult result() {
        return scene.results().getLast();
    }

    @Test
    void questionsAreAnsweredAtTheSameTimeAndOnlyConclusionsComeBack() {
        CyclicBarrier both = new CyclicBarrier(2);
        scene.tool("grep", Effect.READ, _ -> "thousands of lines");
        scene.tool("bash", Effect.UNSAFE, _ -> "done");

        Outcome outcome = run(TWO, (question, request) -> {
            if (request.messages().getLast() instanceof Message.User) {
                await(both);
                return new ToolCall("g", "grep", "{}");
            }
            return new ContentBlock.Text("Answered: " + question);
        });

        assertEquals(new Outcome.Completed(), outcome);
        assertEquals("""
                ## 1. Where is tax added?
                Answered: Where is tax added?

                ## 2. Who calls total?
                Answered: Who calls total?""", result().text());
        for (ModelRequest each : asked) {
            assertEquals("Be good.", each.system());
            assertEquals(
                    List.of("grep"), each.tools().stream().map(ToolSpec::name).toList());
        }
    }

    private static void await(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theTurnPaysForItsAgents() {
        run(TWO, (question, _) -> new ContentBlock.Text(question));

        Conversation conversation = Conversation.of(scene.log.entries());
        Money each = Money.of("0.002");
        assertEquals(2, conversation.turn().steps());
        assertEquals(each.plus(each).plus(each).plus(each), conversation.turn().cost());
        assertEquals(4 * Scene.USAGE.total(), conversation.turn().usage().total());
        assertEquals(4, Tally.of(scene.log.entries()).calls());
        assertEquals(conversation.turn().cost(), Tally.of(scene.log.entries()).cost());
    }

    @Test
    void eachMaySpendAnEqualPartOfWhatIsLeft() {
        scene.limits = new Limits(100, Duration.ofMinutes(5), Optional.of(Money.of("0.011")), OptionalLong.empty());
        scene.tool("grep", Effect.READ, _ -> "found " + asked.size());

        Outcome outcome =
                run(TWO, (_, request) -> new ToolCall("g" + request.messages().size(), "grep", "{}"));

        assertEquals(6, asked.size());
        assertTrue(result().text().contains("[not finished: "), result().text());
        assertEquals("limit_budget", outcome.status().word());
    }

    @Test
    void whatGoesWrongWithOneIsSaidBesideTheOthers() {
        run(TWO, (question, _) -> {
            if (question.startsWith("Who")) {
                throw new ModelException(ModelException.Kind.OVERLOADED, "come back later");
            }
            return new ContentBlock.Text("In Tax.java:3, with ⟨secret:openai#1⟩");
        });

        assertEquals("""
                ## 1. Where is tax added?
                In Tax.java:3, with [a secret]

                ## 2. Who calls total?
                [not finished: come back later]""", result().text());
    }

    @Test
    void whoAsksTooMuchIsToldSo() {
        run("{\"questions\": [\"a\", \"b\", \"c\", \"d\", \"e\"]}", (_, _) -> new ContentBlock.Text("never"));

        assertEquals(ToolResult.Kind.ERROR, result().kind());
        assertEquals("Give one to 4 questions, none of them empty; these are 5.", result().text());
    }

    @Test
    void cancellingTheTurnStopsThem() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(2);
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        Thread turn = Thread.ofVirtual()
                .start(() -> outcome.set(run(TWO, (_, _) -> {
                    waiting.countDown();
                    new CountDownLatch(1).await();
                    return new ContentBlock.Text("never");
                })));
        waiting.await();
        turn.interrupt();
        turn.join();

        assertInstanceOf(Outcome.Cancelled.class, outcome.get());
        assertEquals(ToolResult.Kind.CANCELLED, result().kind());
    }
}
