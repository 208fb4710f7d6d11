package dev.fettle.core.agent;

import static dev.fettle.core.agent.Scene.call;
import static dev.fettle.core.agent.Scene.say;
import static dev.fettle.core.agent.Scene.stop;
import static dev.fettle.core.agent.Scene.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Decision;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Status;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.usage.Money;
import dev.fettle.core.workspace.FilesInMemory;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AgentLoopTest {
    private final Scene scene = new Scene();

    @Test
    void anAnswerWithoutCallsCompletesTheTurn() {
        assertEquals(new Outcome.Completed(), scene.run(say("done")));
        assertEquals(
                new Event.TurnEnded(new Outcome.Completed()),
                scene.log.entries().getLast().event());
    }

    @Test
    void resultsGoBackToTheModelInTheOrderOfTheCallsWhicheverFinishesFirst() {
        CountDownLatch secondIsDone = new CountDownLatch(1);
        scene.tool("slow", Effect.READ, _ -> {
            secondIsDone.await();
            return "slow result";
        });
        scene.tool("quick", Effect.READ, _ -> {
            secondIsDone.countDown();
            return "quick result";
        });
        scene.run(call(use("a", "slow"), use("b", "quick")), say("done"));
        assertEquals(
                new Message.Results(List.of(ToolResult.ok("a", "slow result"), ToolResult.ok("b", "quick result"))),
                scene.requests.getLast().messages().getLast());
    }

    @Test
    void callsOfOneAnswerRunAtTheSameTime() {
        CyclicBarrier allFive = new CyclicBarrier(5);
        scene.tool("meet", Effect.UNSAFE, _ -> {
            try {
                allFive.await();
                return "met";
            } catch (BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        });
        Outcome outcome = scene.run(
                call(use("1", "meet"), use("2", "meet"), use("3", "meet"), use("4", "meet"), use("5", "meet")),
                say("done"));
        assertEquals(new Outcome.Completed(), outcome);
        assertEquals(
                5,
                scene.results().stream()
                        .filter(each -> each.text().equals("met"))
                        .count());
    }

    @Test
    void aCallThatWritesWaitsForThoseBeforeItAndHoldsThoseAfterIt() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        scene.tool("look", Effect.READ, _ -> {
            order.add("look");
            return "";
        });
        scene.tool("write", Effect.KEYED, _ -> {
            order.add("write");
            return "";
        });
        scene.run(
                call(use("1", "look"), use("2", "look"), use("3", "write"), use("4", "write"), use("5", "look")),
                say("done"));
        assertEquals(List.of("look", "look", "write", "write", "look"), order);
    }

    private boolean hasStarted(String callId) {
        return scene.log.entries().stream()
                .anyMatch(entry -> entry.event() instanceof Event.ToolStarted started
                        && started.callId().equals(callId));
    }

    @Test
    void eachCallThatMayHaveAnEffectIsLoggedBeforeItStarts() {
        List<Boolean> wasLogged = Collections.synchronizedList(new ArrayList<>());
        for (Effect effect : List.of(Effect.KEYED, Effect.UNSAFE)) {
            scene.tool(effect.name(), effect, _ -> {
                wasLogged.add(hasStarted(effect.name()));
                return "";
            });
        }
        scene.run(call(use("KEYED", "KEYED"), use("UNSAFE", "UNSAFE")), say("done"));
        assertEquals(List.of(true, true), wasLogged);
    }

    @Test
    void aCallThatOnlyReadsIsLoggedOnceThatTakesLong() {
        scene.tool("look", Effect.READ, _ -> {
            while (!hasStarted("a")) {
                Thread.onSpinWait();
            }
            return "seen";
        });
        scene.run(call(use("a", "look")), say("done"));
        assertEquals("seen", scene.results().getFirst().text());
    }

    @Test
    void aCallThatOnlyReadsTakesOneVisitToTheLog() {
        scene.tool("look", Effect.READ, _ -> "seen");
        scene.run(call(use("a", "look")), say("done"));
        assertEquals(
                List.of("PermissionDecided", "ToolStarted", "ToolFinished"),
                scene.log.visits.get(3).stream()
                        .map(each -> each.getClass().getSimpleName())
                        .toList());
    }

    @Test
    void eachRequestExtendsTheOneBefore() {
        scene.tool("look", Effect.READ, _ -> "result");
        scene.run(call(use("a", "look")), call(use("b", "look")), say("done"));
        for (int i = 1; i < scene.requests.size(); i++) {
            List<Message> before = scene.requests.get(i - 1).messages();
            assertEquals(before, scene.requests.get(i).messages().subList(0, before.size()));
            assertEquals(
                    scene.requests.get(i - 1).system(), scene.requests.get(i).system());
            assertEquals(
                    scene.requests.get(i - 1).tools(), scene.requests.get(i).tools());
        }
    }

    @Test
    void stopsAtTheStepLimit() {
        scene.limits = new Limits(2, Duration.ofMinutes(1), Optional.empty(), OptionalLong.empty());
        scene.tool("look", Effect.READ, _ -> "result");
        Outcome outcome = scene.run(call(use("a", "look")), call(use("b", "look")), call(use("c", "look")));
        assertEquals(Status.LIMIT_STEPS, outcome.status());
        assertEquals(2, scene.results().size());
    }

    @Test
    void stopsAtTheTimeLimitWhileAToolRuns() {
        scene.limits = new Limits(9, Duration.ofMillis(50), Optional.empty(), OptionalLong.empty());
        scene.tool("block", Effect.UNSAFE, _ -> {
            new CountDownLatch(1).await();
            return "never";
        });
        assertEquals(Status.LIMIT_TIME, scene.run(call(use("a", "block"))).status());
        assertEquals(ToolResult.Kind.CANCELLED, scene.results().getFirst().kind());
    }

    @Test
    void stopsAtTheTimeLimitWhileTheModelThinks() {
        scene.limits = new Limits(9, Duration.ofMillis(50), Optional.empty(), OptionalLong.empty());
        Outcome outcome = scene.run(_ -> {
            new CountDownLatch(1).await();
            throw new IllegalStateException();
        });
        assertEquals(Status.LIMIT_TIME, outcome.status());
    }

    @Test
    void stopsWhenTheTokensAreSpent() {
        scene.limits = new Limits(9, Duration.ofMinutes(1), Optional.empty(), OptionalLong.of(1_100));
        scene.tool("look", Effect.READ, _ -> "result");
        assertEquals(Status.LIMIT_BUDGET, scene.run(call(use("a", "look"))).status());
        assertEquals(1, scene.requests.size());
    }

    @Test
    void stopsWhenTheMoneyIsSpent() {
        scene.limits = new Limits(9, Duration.ofMinutes(1), Optional.of(Money.of("0.003")), OptionalLong.empty());
        scene.tool("look", Effect.READ, _ -> "result");
        Outcome outcome = scene.run(call(use("a", "look")), call(use("b", "look")), say("never asked"));
        assertEquals(Status.LIMIT_BUDGET, outcome.status());
        assertEquals(2, scene.requests.size());
    }

    @Test
    void cancelLeavesEveryCallAnswered() {
        Thread turn = Thread.currentThread();
        scene.tool("block", Effect.UNSAFE, _ -> {
            turn.interrupt();
            new CountDownLatch(1).await();
            return "never";
        });
        scene.tool("write", Effect.KEYED, _ -> "never");
        Outcome outcome = scene.run(call(use("a", "block"), use("b", "write")));
        assertEquals(new Outcome.Cancelled(), outcome);
        Conversation conversation = Conversation.of(scene.log.entries());
        assertEquals(List.of(), conversation.openCalls());
        assertEquals(
                List.of(ToolResult.Kind.CANCELLED, ToolResult.Kind.CANCELLED),
                scene.results().stream().map(ToolResult::kind).toList());
        assertTrue(scene.results().getLast().text().startsWith("Not run"));
    }

    @Test
    void cancelWhileTheModelThinksEndsTheTurn() {
        Thread turn = Thread.currentThread();
        Outcome outcome = scene.run(_ -> {
            turn.interrupt();
            new CountDownLatch(1).await();
            throw new IllegalStateException();
        });
        assertEquals(new Outcome.Cancelled(), outcome);
    }

    @Test
    void anUnknownToolIsAnsweredWithASuggestion() {
        scene.tool("read", Effect.READ, _ -> "");
        scene.run(call(use("a", "raed")), say("done"));
        assertEquals(List.of(ToolResult.error("a", "No tool is called `raed`; did you mean `read`?")), scene.results());
    }

    @Test
    void whatAToolSaysItCannotDoIsAnError() {
        scene.tool("bad", Effect.READ, _ -> {
            throw new ToolException("try another way");
        });
        scene.tool("gone", Effect.READ, _ -> {
            throw new WorkspaceException(WorkspaceException.Kind.NOT_FOUND, "no such file");
        });
        scene.run(call(use("a", "bad"), use("b", "gone")), say("done"));
        assertEquals(
                new Message.Results(
                        List.of(ToolResult.error("a", "try another way"), ToolResult.error("b", "no such file"))),
                scene.requests.getLast().messages().getLast());
    }

    @Test
    void aBugInAToolIsAnsweredAndTheTurnGoesOn() {
        scene.tool("broken", Effect.READ, _ -> {
            throw new IllegalStateException("oops");
        });
        assertEquals(new Outcome.Completed(), scene.run(call(use("a", "broken")), say("done")));
        assertTrue(scene.results().getFirst().text().contains("oops"));
    }

    @Test
    void whatThePolicyForbidsIsNotRun() {
        scene.policy = _ -> new Decision.Deny(Scene.RULE, "Not here.");
        scene.tool("bash", Effect.UNSAFE, _ -> "ran");
        assertEquals(new Outcome.Completed(), scene.run(call(use("a", "bash")), say("done")));
        assertEquals(List.of(ToolResult.denied("a", "Not allowed to run: bash. Not here.")), scene.results());
    }

    @Test
    void theTurnEndsDeniedWhenNobodyCouldBeAsked() {
        scene.policy = _ -> new Decision.Ask(Scene.RULE, "It is far.");
        scene.approver = _ -> new Approver.Answer.Nobody("Use --yes.");
        scene.tool("bash", Effect.UNSAFE, _ -> "ran");
        assertEquals(
                Status.DENIED,
                scene.run(call(use("a", "bash")), say("could not")).status());
        assertEquals(List.of(ToolResult.denied("a", "Not allowed to run: bash. Use --yes.")), scene.results());
    }

    @Test
    void whatAPersonRefusesTheModelHearsAndTheTurnCanComplete() {
        scene.policy = _ -> new Decision.Ask(Scene.RULE, "It is far.");
        scene.approver = _ -> new Approver.Answer.No("Rather not.");
        scene.tool("bash", Effect.UNSAFE, _ -> "ran");
        assertEquals(new Outcome.Completed(), scene.run(call(use("a", "bash")), say("fine")));
        assertEquals(ToolResult.Kind.DENIED, scene.results().getFirst().kind());
    }

    @Test
    void whatAPersonAllowsIsRunAndRecorded() {
        scene.policy = _ -> new Decision.Ask(Scene.RULE, "It is far.");
        scene.tool("bash", Effect.UNSAFE, _ -> "ran");
        scene.run(call(use("a", "bash")), say("done"));
        assertEquals(List.of(ToolResult.ok("a", "ran")), scene.results());
        assertEquals(
                List.of(new Event.PermissionDecided(
                        "a", new Permission.Execute("bash"), true, "person", "user:far", "this once")),
                decisions());
    }

    @Test
    void whatARuleSimplyAllowsIsRecordedToo() {
        scene.policy = _ -> new Decision.Allow(Scene.RULE);
        scene.tool("bash", Effect.UNSAFE, _ -> "ran");
        scene.run(call(use("a", "bash")), say("done"));
        assertEquals(
                List.of(new Event.PermissionDecided(
                        "a", new Permission.Execute("bash"), true, "policy", "user:far", "")),
                decisions());
    }

    @Test
    void aToolMayLookAtTheWorkspaceToSayWhatItWillDo() {
        scene.tools.add(new Looking());
        scene.run(call(use("a", "looking")), say("done"));
        assertEquals(
                List.of(new Event.PermissionDecided(
                        "a",
                        new Permission.Execute("work in " + new FilesInMemory(Map.of()).name()),
                        true,
                        "policy",
                        "user:far",
                        "")),
                decisions());
    }

    /// Wants to do something about the workspace, whichever it is.
    private record Looking() implements RecordTool<Looking.Nothing> {
        record Nothing() {}

        @Override
        public String name() {
            return "looking";
        }

        @Override
        public String description() {
            return "Looks.";
        }

        @Override
        public Effect effect() {
            return Effect.UNSAFE;
        }

        @Override
        public Class<Nothing> arguments() {
            return Nothing.class;
        }

        @Override
        public List<Permission> permissions(Nothing arguments) {
            return List.of();
        }

        @Override
        public List<Permission> permissions(Nothing arguments, Workspace workspace) {
            return List.of(new Permission.Execute("work in " + workspace.name()));
        }

        @Override
        public ToolOutput run(Nothing arguments, ToolContext context) {
            return ToolOutput.of("looked");
        }
    }

    private List<Event> decisions() {
        return scene.log.entries().stream()
                .map(entry -> entry.event())
                .filter(Event.PermissionDecided.class::isInstance)
                .toList();
    }

    @Test
    void callsOfACutOffAnswerAreNotRun() {
        scene.tool("bash", Effect.UNSAFE, _ -> "ran");
        scene.run(stop(StopReason.MAX_TOKENS, use("a", "bash")), say("done"));
        assertTrue(scene.results().getFirst().text().startsWith("Not run: your answer was cut off"));
    }

    @Test
    void aCutOffAnEmptyOrARefusedAnswerIsAFailure() {
        assertInstanceOf(Outcome.Failed.class, scene.run(stop(StopReason.MAX_TOKENS, new ContentBlock.Text("half"))));
        assertInstanceOf(Outcome.Failed.class, new Scene().run(stop(StopReason.END)));
        assertInstanceOf(
                Outcome.Failed.class, new Scene().run(stop(StopReason.REFUSAL, new ContentBlock.Text("I won't"))));
    }

    @Test
    void aModelThatRepeatsItselfIsStopped() {
        scene.tool("look", Effect.READ, _ -> "same");
        Scene.Reply again = call(use("x", "look"));
        assertEquals(
                Status.LOOP_DETECTED,
                scene.run(again, again, again, again, again, again, again, again, say("never"))
                        .status());
        assertEquals(1, advice().size());
        assertTrue(advice().getFirst().text().contains("the same call with the same result, 4 times: look {}"));
        Message.User told = (Message.User) scene.requests.get(4).messages().getLast();
        assertEquals(advice().getFirst().text(), told.text());
    }

    @Test
    void aModelThatListensGoesOn() {
        scene.tool("look", Effect.READ, _ -> "same");
        Scene.Reply again = call(use("x", "look"));
        assertEquals(new Outcome.Completed(), scene.run(again, again, again, again, say("I was wrong.")));
    }

    private List<Event.Advised> advice() {
        return scene.log.entries().stream()
                .filter(entry -> entry.event() instanceof Event.Advised)
                .map(entry -> (Event.Advised) entry.event())
                .toList();
    }

    @Test
    void aConversationThatIsTooLongIsShortenedOnceAndAskedAgain() {
        scene.tool("look", Effect.READ, _ -> "long ".repeat(1_000) + scene.requests.size());
        Scene.Reply look = call(use("x", "look"));
        Scene.Reply tooLong = _ -> {
            throw new ModelException(ModelException.Kind.CONTEXT_TOO_LONG, "too long");
        };
        assertEquals(new Outcome.Completed(), scene.run(look, look, look, look, look, tooLong, say("done")));
        List<Integer> lengths = scene.requests.getLast().messages().stream()
                .filter(Message.Results.class::isInstance)
                .map(each ->
                        ((Message.Results) each).results().getFirst().text().length() > 4_000 ? 1 : 0)
                .toList();
        assertEquals(List.of(0, 0, 1, 1, 1), lengths);
        Outcome second = new Scene().run(tooLong, say("never"));
        assertEquals(new Outcome.Failed(Outcome.Cause.OTHER, "too long"), second);
    }

    @Test
    void aConversationThatIsStillTooLongEndsTheTurn() {
        scene.tool("look", Effect.READ, _ -> "long ".repeat(1_000) + scene.requests.size());
        Scene.Reply look = call(use("x", "look"));
        Scene.Reply tooLong = _ -> {
            throw new ModelException(ModelException.Kind.CONTEXT_TOO_LONG, "too long");
        };
        assertEquals(
                new Outcome.Failed(Outcome.Cause.OTHER, "too long"),
                scene.run(look, look, look, look, tooLong, tooLong, say("Short."), tooLong, say("never")));
        assertEquals(8, scene.requests.size());
    }

    @Test
    void aModelThatAlternatesBetweenTwoStepsIsStopped() {
        scene.tool("look", Effect.READ, _ -> "same");
        scene.tool("seek", Effect.READ, _ -> "same");
        Scene.Reply[] replies = new Scene.Reply[20];
        for (int i = 0; i < replies.length; i++) {
            replies[i] = call(use("x", i % 2 == 0 ? "look" : "seek"));
        }
        assertEquals(Status.LOOP_DETECTED, scene.run(replies).status());
        assertEquals(16, scene.requests.size());
    }

    @Test
    void theSameCallWithChangingResultsIsNoLoop() {
        int[] count = {0};
        scene.tool("poll", Effect.READ, _ -> "attempt " + count[0]++);
        Scene.Reply again = call(use("x", "poll"));
        assertEquals(new Outcome.Completed(), scene.run(again, again, again, again, again, again, again, say("done")));
    }

    @Test
    void callsThatShareAnIdAreEachAnswered() {
        scene.tool("look", Effect.READ, _ -> "result");
        scene.run(call(use("same", "look"), use("same", "look")), call(use("same", "look")), say("done"));
        assertEquals(
                3, scene.results().stream().map(ToolResult::callId).distinct().count());
    }

    @Test
    void failuresOfTheProviderEndTheTurnWithTheirCause() {
        assertEquals(Status.PROVIDER_UNAVAILABLE, scene.run().status());
        assertEquals(Status.AUTH_ERROR, failing(ModelException.Kind.AUTH));
        assertEquals(Status.PROVIDER_UNAVAILABLE, failing(ModelException.Kind.NETWORK));
        assertEquals(Status.PROVIDER_UNAVAILABLE, failing(ModelException.Kind.RATE_LIMITED));
        assertEquals(Status.FAILED, failing(ModelException.Kind.INVALID_REQUEST));
        assertEquals(Status.FAILED, failing(ModelException.Kind.CONTEXT_TOO_LONG));
    }

    private static Status failing(ModelException.Kind kind) {
        return new Scene()
                .run(_ -> {
                    throw new ModelException(kind, "no");
                })
                .status();
    }
}
