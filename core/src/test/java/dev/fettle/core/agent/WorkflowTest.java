package dev.fettle.core.agent;

import static dev.fettle.core.agent.Scene.call;
import static dev.fettle.core.agent.Scene.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Status;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.usage.Money;
import dev.fettle.core.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WorkflowTest {
    private static final String REVIEW = """
            {"summary": "One mistake.", "findings": [{"file": "a.py", "line": 3, "severity": "high", "message": "Off by one."}]}""";

    private final Scene scene = new Scene();

    @Test
    void anAcceptedReportEndsTheTurnWithoutAnotherQuestion() {
        Outcome outcome = run(Workflow.REVIEW, call(report(REVIEW)));

        assertEquals(new Outcome.Completed(), outcome);
        assertEquals(1, scene.requests.size());
        assertEquals("One mistake.", conversation().lastText());
        assertEquals(
                "{\"findings\":[{\"file\":\"a.py\",\"line\":3,\"severity\":\"high\",\"message\":\"Off by one.\"}]}",
                conversation().report().orElseThrow().stages());
    }

    @Test
    void theModelIsToldHowToGoAboutItAndHasTheToolForTheReport() {
        run(Workflow.REVIEW, call(report(REVIEW)));

        ModelRequest request = scene.requests.getFirst();
        assertEquals(
                List.of("report"), request.tools().stream().map(ToolSpec::name).toList());
        assertEquals(
                new Message.User(Workflow.REVIEW.instructions(), List.of()),
                request.messages().getLast());
    }

    @Test
    void aMalformedReportIsAnsweredWithWhatIsWrong() {
        Outcome outcome = run(
                Workflow.REVIEW,
                call(report("{\"summary\": \"fine\"}")),
                call(new ToolCall("call_2", "report", REVIEW)));

        assertEquals(new Outcome.Completed(), outcome);
        assertTrue(results().getFirst().text().contains("`report` needs the argument `findings`"), results()::toString);
    }

    @Test
    void whoEndsInWordsIsRemindedOnceAndThenTakenAtThem() {
        Outcome outcome = run(Workflow.REVIEW, say("It is fine."), say("Really."));

        assertEquals(new Outcome.Completed(), outcome);
        assertEquals(List.of("order", "reminder", "fallback"), directedBy());
        assertEquals("Really.", conversation().lastText());
        assertEquals(Workflow.GENERAL, conversation().workflow().orElseThrow());
    }

    @Test
    void aReminderLeadsToTheReport() {
        assertEquals(new Outcome.Completed(), run(Workflow.REVIEW, say("It is fine."), call(report(REVIEW))));
        assertEquals(List.of("order", "reminder"), directedBy());
    }

    @Test
    void aLimitInTheMiddleEndsTheTurnAsAlways() {
        scene.limits = new Limits(1, Limits.DEFAULT.time(), Optional.empty(), OptionalLong.empty());

        assertEquals(Status.LIMIT_STEPS, run(Workflow.REVIEW, say("Wait.")).status());
    }

    @Test
    void aReportThatWasAcceptedBeforeACrashEndsTheTurn() {
        run(Workflow.REVIEW, call(report(REVIEW)));
        scene.log.dropLast();

        assertEquals(new Outcome.Completed(), scene.goOn());
        assertEquals(1, scene.requests.size());
    }

    @Test
    void aRequestIsSortedBySmallQuestionOfItsOwn() {
        scene.classifies = true;

        Outcome outcome = scene.run(say("""
                        {"workflow": "review", "task": "look at it", "languages": ["python"], "tools": ["read"]}"""), call(report(REVIEW)));

        assertEquals(new Outcome.Completed(), outcome);
        assertEquals(List.of("model"), directedBy());
        assertEquals(List.of(), scene.requests.getFirst().tools());
        assertEquals(
                List.of(new Message.User("go", List.of())),
                scene.requests.getFirst().messages());
        assertEquals(1, conversation().turn().steps());
        assertEquals(Money.of("0.004"), conversation().turn().cost());
    }

    @Test
    void whatCannotBeReadAsAClassificationIsAGeneralTask() {
        scene.classifies = true;

        assertEquals(new Outcome.Completed(), scene.run(say("It is a review, I think."), say("Done.")));
        assertEquals(List.of("fallback"), directedBy());
        assertEquals(Workflow.GENERAL, conversation().workflow().orElseThrow());
    }

    @Test
    void anOrderNeedsNoSorting() {
        scene.classifies = true;
        run(Workflow.REVIEW, call(report(REVIEW)));

        assertEquals(1, scene.requests.size());
    }

    private Outcome run(Workflow workflow, Scene.Reply... replies) {
        scene.log.append(new Event.SessionStarted("/work/here", "Be good."));
        scene.log.append(new Event.UserSaid("go", List.of()));
        scene.log.append(new Event.Directed(workflow, "order", "", workflow.instructions()));
        return scene.goOn(replies);
    }

    private static ToolCall report(String arguments) {
        return new ToolCall("call_1", "report", arguments);
    }

    private Conversation conversation() {
        return Conversation.of(scene.log.entries());
    }

    private List<ToolResult> results() {
        return scene.log.entries().stream()
                .map(LogEntry::event)
                .filter(Event.ToolFinished.class::isInstance)
                .map(event -> ((Event.ToolFinished) event).result())
                .toList();
    }

    private List<String> directedBy() {
        return scene.log.entries().stream()
                .map(LogEntry::event)
                .filter(Event.Directed.class::isInstance)
                .map(event -> ((Event.Directed) event).by())
                .toList();
    }
}
