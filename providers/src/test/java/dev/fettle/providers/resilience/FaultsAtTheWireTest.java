package dev.fettle.providers.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fettle.core.agent.Agent;
import dev.fettle.core.agent.Assignment;
import dev.fettle.core.context.Instructions;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Decision;
import dev.fettle.core.permission.Layer;
import dev.fettle.core.permission.RuleId;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.Status;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.turn.TurnResult;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Price;
import dev.fettle.providers.anthropic.AnthropicMessages;
import dev.fettle.providers.gemini.Gemini;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.Timeouts;
import dev.fettle.providers.http.Wire;
import dev.fettle.providers.openai.OpenAiChat;
import dev.fettle.providers.responses.OpenAiResponses;
import dev.fettle.testkit.Answers;
import dev.fettle.testkit.EmptyWorkspace;
import dev.fettle.testkit.MemorySessionStore;
import dev.fettle.testkit.SettableClock;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import dev.fettle.testkit.server.Step;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Whole turns against every fault that [FakeModelServer] can inject, in every dialect. Waiting takes no time here.
class FaultsAtTheWireTest {
    private static final ModelResponse ANSWER = Answers.text("All of this was said, and it was said once.");
    private static final Price PRICE = new Price(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE);
    private static final Model ANTHROPIC = new Model("anthropic", "a", 200_000, 8_000, Optional.of(PRICE));
    private static final Model OPENAI = new Model("openai", "o", 200_000, 8_000, Optional.empty());
    private static final Model CHAT = new Model("chat", "c", 200_000, 8_000, Optional.empty());
    private static final Model GEMINI = new Model("gemini", "g", 200_000, 8_000, Optional.empty());
    private static final Duration TOTAL = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SettableClock clock = new SettableClock();
    private final RehearsedTime time = new RehearsedTime();
    private final List<Delta> shown = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final Wire wire = new Wire(new Timeouts(LONG, LONG, LONG), clock);
    private final Wire impatient = new Wire(new Timeouts(LONG, Duration.ofMillis(200), Duration.ofMillis(200)), clock);

    @AfterEach
    void close() {
        wire.close();
        impatient.close();
    }

    private static Fallback.Candidate candidate(Model model, FakeModelServer server, Wire wire, RehearsedTime time) {
        ModelProvider dialect = switch (model.provider()) {
            case "anthropic" -> new AnthropicMessages(endpoint(server.anthropicBase()), wire);
            case "gemini" -> new Gemini(endpoint(server.geminiBase()), wire);
            case "openai" -> new OpenAiResponses(endpoint(server.openAiBase()), wire);
            default -> new OpenAiChat(endpoint(server.openAiBase()), wire);
        };
        return new Fallback.Candidate(
                model,
                new Retrying(new Breaking(new Limited(dialect, 4), time), Patience.of(TOTAL), time, new Random(4711)));
    }

    private static Endpoint endpoint(URI base) {
        return new Endpoint(base, Optional.of("key"), "set KEY");
    }

    private TurnResult turn(Fallback.Candidate... candidates) {
        shown.clear();
        events.clear();
        Agent agent = new Agent(
                new MemorySessionStore(clock),
                new Assignment(
                        new EmptyWorkspace(),
                        candidates[0].model(),
                        Limits.DEFAULT,
                        new Instructions("Linux", LocalDate.of(2026, 11, 21), Optional.empty()),
                        Secrets.unconfigured(),
                        Optional.empty()),
                new Fallback(List.of(candidates), time),
                new Toolbox(List.of()),
                new Agent.Guard(_ -> new Decision.Allow(new RuleId(Layer.DEFAULT, "test")), Approver.YES),
                clock);
        TurnRequest request = new TurnRequest(new TurnRequest.Target.NewSession(), "Hi", List.of());
        return agent.run(request, new TurnListener() {
            @Override
            public void onEvent(LogEntry entry) {
                events.add(entry.event());
            }

            @Override
            public void onDelta(Delta delta) {
                shown.add(delta);
            }
        });
    }

    private List<Event> answers() {
        return events.stream().filter(Event.AssistantSaid.class::isInstance).toList();
    }

    /// What somebody has read who takes back what was discarded.
    private String read() {
        StringBuilder text = new StringBuilder();
        for (Delta delta : shown) {
            switch (delta) {
                case Delta.Text more -> text.append(more.text());
                case Delta.Discarded _ -> text.setLength(0);
                case Delta.Reasoning _, Delta.CallBegun _, Delta.ToolOutput _, Delta.Waiting _, Delta.Switched _ -> {}
            }
        }
        return text.toString();
    }

    private static List<Fault> passing() {
        return List.of(
                Fault.rateLimited("7"),
                Fault.rateLimited("Sat, 21 Nov 2026 09:00:30 GMT"),
                Fault.serverError(),
                Fault.overloaded(),
                Fault.refusal(502, "", "", "bad gateway"),
                Fault.refusal(503, "", "", "unavailable"),
                new Fault.Cut(ANSWER, true),
                new Fault.Cut(ANSWER, false),
                new Fault.Garbage(),
                new Fault.WebPage(),
                new Fault.ErrorEvent(ANSWER, "overloaded_error", "Overloaded"),
                new Fault.ErrorEvent(ANSWER, "rate_limit_error", "Slow down"));
    }

    private static Map<Fault, Status> lasting() {
        return Map.of(
                Fault.unauthorized(),
                Status.AUTH_ERROR,
                Fault.forbidden(),
                Status.AUTH_ERROR,
                Fault.refusal(402, "billing_error", "", "No credit left"),
                Status.AUTH_ERROR,
                new Fault.ErrorEvent(ANSWER, "authentication_error", "Who?"),
                Status.AUTH_ERROR,
                Fault.contextTooLong(),
                Status.FAILED,
                Fault.invalidRequest(),
                Status.FAILED,
                Fault.noSuchModel(),
                Status.FAILED,
                new Fault.ErrorEvent(ANSWER, "invalid_request_error", "No"),
                Status.FAILED);
    }

    private static Stream<DynamicTest> forEach(List<Fault> faults, Claim claim) {
        return faults.stream()
                .flatMap(fault -> Stream.of(ANTHROPIC, OPENAI, CHAT, GEMINI)
                        .map(model -> dynamicTest(model.provider() + " " + fault, () -> claim.check(model, fault))));
    }

    private interface Claim {
        void check(Model model, Fault fault);
    }

    @TestFactory
    Stream<DynamicTest> whatPassesIsRepeatedOnceAndTheAnswerIsInTheLogOnce() {
        return forEach(passing(), (model, fault) -> {
            try (FakeModelServer server = FakeModelServer.script(fault, new Step.Answer(ANSWER))) {
                TurnResult result = turn(candidate(model, server, wire, time));

                assertEquals(new Outcome.Completed(), result.outcome());
                assertEquals(ANSWER.message().text(), result.text());
                assertEquals(1, answers().size());
                assertEquals(2, server.requests().size());
                assertEquals(ANSWER.message().text(), read());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatDoesNotPassEndsTheTurnBeforeTheDeadline() {
        return forEach(passing(), (model, fault) -> {
            try (FakeModelServer server = FakeModelServer.deciding(_ -> fault)) {
                Duration begun = time.elapsed();

                TurnResult result = turn(candidate(model, server, wire, time));

                assertEquals(Status.PROVIDER_UNAVAILABLE, result.outcome().status());
                assertTrue(
                        result.outcome().message().startsWith("Gave up after "),
                        result.outcome().message());
                assertTrue(time.elapsed().minus(begun).compareTo(TOTAL) <= 0);
                assertTrue(server.requests().size() > 1);
                assertEquals(List.of(), answers());
                assertEquals("", read());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatCannotPassEndsTheTurnAtOnce() {
        Map<Fault, Status> expected = lasting();
        return forEach(List.copyOf(expected.keySet()), (model, fault) -> {
            try (FakeModelServer server = FakeModelServer.deciding(_ -> fault)) {
                Outcome outcome = turn(candidate(model, server, wire, time)).outcome();

                assertEquals(expected.get(fault), outcome.status(), outcome.message());
                assertEquals(1, server.requests().size());
                assertEquals(List.of(), time.slept());
                assertEquals("", read());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> silenceEndsInATimeOutAndIsRepeated() {
        return forEach(
                List.of(new Fault.Silence(LONG, false, ANSWER), new Fault.Silence(LONG, true, ANSWER)),
                (model, fault) -> {
                    AtomicInteger asked = new AtomicInteger();
                    try (FakeModelServer server = FakeModelServer.deciding(
                            _ -> asked.incrementAndGet() == 1 ? fault : new Step.Answer(ANSWER))) {
                        TurnResult result = turn(candidate(model, server, impatient, time));

                        assertEquals(new Outcome.Completed(), result.outcome());
                        assertEquals(1, answers().size());
                        assertEquals(ANSWER.message().text(), read());
                    }
                });
    }

    @Test
    void everyCutIsRepeatedOnce() {
        Step cut = new Fault.Cut(ANSWER, false);
        try (FakeModelServer server = FakeModelServer.script(cut, cut, cut, new Step.Answer(ANSWER))) {
            assertEquals(
                    new Outcome.Completed(),
                    turn(candidate(ANTHROPIC, server, wire, time)).outcome());
            assertEquals(4, server.requests().size());
            assertEquals(
                    3, shown.stream().filter(Delta.Discarded.class::isInstance).count());
            assertEquals(1, answers().size());
        }
    }

    @Test
    void anotherProviderFinishesTheTurnAndIsLoggedAndBilledAsItself() {
        try (FakeModelServer down = FakeModelServer.deciding(_ -> Fault.overloaded());
                FakeModelServer up = FakeModelServer.answering(ANSWER)) {
            TurnResult result = turn(candidate(OPENAI, down, wire, time), candidate(ANTHROPIC, up, wire, time));

            assertEquals(new Outcome.Completed(), result.outcome());
            assertEquals("anthropic/a", result.model());
            assertEquals(Money.of("0.00011"), result.cost());
            assertEquals("anthropic/a", ((Event.AssistantSaid) answers().getFirst()).model());
            assertTrue(shown.stream().anyMatch(Delta.Switched.class::isInstance));
        }
    }
}
