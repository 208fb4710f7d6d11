package dev.fettle.providers.resilience;

import static dev.fettle.providers.resilience.Calls.gives;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.CallObserver;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.usage.Usage;
import dev.fettle.testkit.Answers;
import dev.fettle.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CachedTest {
    private static final Duration KEEP = Duration.ofHours(1);

    private final RehearsedTime time = new RehearsedTime();
    private final Calls calls = new Calls();

    private final List<Boolean> lookups = new ArrayList<>();

    private Cached cached(ScriptedModel model) {
        return new Cached(model, new Cached.Answers(10_000, KEEP, time), new CallObserver() {
            @Override
            public void onAnswer(Model model, Usage usage, Duration took) {}

            @Override
            public void onFailure(Model model, ModelException.Kind kind, Duration took) {}

            @Override
            public void onLookup(boolean isKnown) {
                lookups.add(isKnown);
            }

            @Override
            public void onInterruption(Model model, Duration took) {}
        });
    }

    private static ScriptedModel giving(ModelResponse... answers) {
        return new ScriptedModel(Stream.of(answers).map(Calls::gives).toList());
    }

    @Test
    void theSameRequestIsAnsweredAgainInFullAndCostsNothing() throws Exception {
        ToolCall call = new ToolCall("a", "read", "{}");
        ModelResponse answer = Answers.of(
                        StopReason.TOOL_CALLS,
                        new ContentBlock.Reasoning("Hm.", "d", "{}"),
                        new ContentBlock.Text("Let me look."),
                        call)
                .by(Calls.OTHER);
        ScriptedModel model = giving(answer);
        Cached cached = cached(model);

        assertEquals(answer, calls.ask(cached));
        List<Delta> shown = List.copyOf(calls.shown);
        ModelResponse again = calls.ask(cached);

        assertEquals(
                new ModelResponse(answer.message(), answer.stopReason(), Usage.ZERO, Optional.of(Calls.OTHER)), again);
        assertEquals(shown, calls.shown);
        assertEquals(1, model.requests().size());
        assertEquals(List.of(false, true), lookups);
    }

    @Test
    void anAnswerIsForgottenInTime() throws Exception {
        ScriptedModel model = giving(text("one"), text("two"));
        Cached cached = cached(model);
        calls.ask(cached);

        time.pass(KEEP.plusSeconds(1));

        assertEquals(text("two"), calls.ask(cached));
    }

    @Test
    void whatIsTooLargeOrNoGoodAnswerIsNotKept() throws Exception {
        for (ModelResponse answer : List.of(
                text("x".repeat(20_000)),
                Answers.of(StopReason.END),
                Answers.of(StopReason.END, new ContentBlock.Reasoning("only", "d", "{}")),
                Answers.of(StopReason.REFUSAL, new ContentBlock.Text("No.")),
                Answers.of(StopReason.MAX_TOKENS, new ContentBlock.Text("Half of")))) {
            ScriptedModel model = giving(answer, text("fresh"));
            Cached cached = cached(model);
            calls.ask(cached);
            assertEquals(text("fresh"), calls.ask(cached));
        }
    }

    @Test
    void aFailureIsNotKept() throws Exception {
        ScriptedModel model =
                new ScriptedModel(List.of(Calls.fails(ModelException.Kind.NETWORK), gives(text("fresh"))));
        Cached cached = cached(model);
        calls.failure(cached);
        assertEquals(text("fresh"), calls.ask(cached));
    }

    @Test
    void everythingInARequestCounts() {
        ModelRequest one = Calls.request("Hi");
        List<ModelRequest> others = List.of(
                Calls.request("Ho"),
                new ModelRequest(Calls.OTHER, one.system(), one.tools(), one.messages(), one.temperature()),
                new ModelRequest(one.model(), "Be bad.", one.tools(), one.messages(), one.temperature()),
                new ModelRequest(
                        one.model(),
                        one.system(),
                        List.of(new ToolSpec("read", "Reads.", "{}")),
                        one.messages(),
                        one.temperature()),
                new ModelRequest(one.model(), one.system(), one.tools(), one.messages(), Optional.of(0.5)),
                new ModelRequest(one.model(), one.system(), one.tools(), List.of(), one.temperature()));

        assertEquals(Cached.key(one), Cached.key(Calls.request("Hi")));
        others.forEach(other -> assertNotEquals(Cached.key(one), Cached.key(other)));
        assertEquals(6, others.stream().map(Cached::key).distinct().count());
    }
}
