package dev.fettle.providers.resilience;

import static dev.fettle.providers.resilience.Calls.MODEL;
import static dev.fettle.providers.resilience.Calls.OTHER;
import static dev.fettle.providers.resilience.Calls.fails;
import static dev.fettle.providers.resilience.Calls.gives;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FallbackTest {
    private static final ModelResponse ANSWER = text("Here.");

    private final RehearsedTime time = new RehearsedTime();
    private final Calls calls = new Calls();

    private Fallback fallback(ScriptedModel first, ScriptedModel second) {
        return new Fallback(List.of(new Fallback.Candidate(MODEL, first), new Fallback.Candidate(OTHER, second)), time);
    }

    private static ScriptedModel script(ScriptedModel.Step... steps) {
        return new ScriptedModel(List.of(steps));
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "OVERLOADED", "NETWORK"})
    void theNextModelAnswersWhereOneIsUnavailableAndIsNamed(Kind kind) throws Exception {
        ScriptedModel second = script(gives(ANSWER));

        assertEquals(ANSWER.by(OTHER), calls.ask(fallback(script(fails(kind)), second)));
        assertEquals(OTHER, second.requests().getFirst().model());
        assertEquals(
                List.of(new Delta.Switched("first/big", "second/small", "out of order"), new Delta.Text("Here.")),
                calls.shown);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTH", "CONTEXT_TOO_LONG", "INVALID_REQUEST"})
    void whatIsWrongWithTheRequestIsSaidAndNotPassedOn(Kind kind) throws Exception {
        ScriptedModel second = script(gives(ANSWER));

        assertEquals(kind, calls.failure(fallback(script(fails(kind)), second)));
        assertEquals(List.of(), second.requests());
    }

    @Test
    void whoHelpedOutIsAskedFirstForFiveMinutes() throws Exception {
        ScriptedModel first = script(fails(Kind.NETWORK), gives(ANSWER));
        ScriptedModel second = script(gives(ANSWER), gives(ANSWER));
        Fallback fallback = fallback(first, second);
        calls.ask(fallback);

        time.pass(Duration.ofMinutes(4));
        assertEquals(ANSWER.by(OTHER), calls.ask(fallback));
        assertEquals(List.of(new Delta.Text("Here.")), calls.shown);
        time.pass(Duration.ofMinutes(2));
        assertEquals(ANSWER.by(MODEL), calls.ask(fallback));
    }

    @Test
    void whereWhoHelpedOutFailsTheFirstIsAskedAgain() throws Exception {
        ScriptedModel first = script(fails(Kind.NETWORK), gives(ANSWER));
        ScriptedModel second = script(gives(ANSWER), fails(Kind.OVERLOADED));
        Fallback fallback = fallback(first, second);
        calls.ask(fallback);

        assertEquals(ANSWER.by(MODEL), calls.ask(fallback));
    }

    @Test
    void whereAllFailEachIsNamed() throws Exception {
        ModelException failure = calls.failing(fallback(script(fails(Kind.OVERLOADED)), script(fails(Kind.AUTH))));

        assertEquals(Kind.AUTH, failure.kind());
        assertEquals("out of order\nBefore it, first/big: out of order", failure.getMessage());
    }

    @Test
    void eachProviderGetsItsOwnReasoningOnly() throws Exception {
        ContentBlock mine = new ContentBlock.Reasoning("mine", "chat", "{\"signed\":1}");
        ContentBlock theirs = new ContentBlock.Reasoning("theirs", "chat", "{\"signed\":2}");
        ContentBlock words = new ContentBlock.Text("Hm.");
        ModelRequest request = new ModelRequest(
                MODEL,
                "Be good.",
                List.of(),
                List.of(
                        new Message.Assistant(List.of(mine, words), "first/older"),
                        new Message.Assistant(List.of(theirs, words), "second/small")),
                Optional.empty());
        ScriptedModel first = script(fails(Kind.NETWORK));
        ScriptedModel second = script(gives(ANSWER));

        fallback(first, second).complete(request, _ -> {});

        assertEquals(
                List.of(
                        new Message.Assistant(List.of(mine, words), "first/older"),
                        new Message.Assistant(List.of(words), "second/small")),
                first.requests().getFirst().messages());
        assertEquals(
                List.of(
                        new Message.Assistant(List.of(words), "first/older"),
                        new Message.Assistant(List.of(theirs, words), "second/small")),
                second.requests().getFirst().messages());
    }
}
