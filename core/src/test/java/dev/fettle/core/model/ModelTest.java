package dev.fettle.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Price;
import dev.fettle.core.usage.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ModelTest {
    private static final Usage USAGE = new Usage(10, 0, 0, 5, 0);

    private static ModelResponse calling(String... ids) {
        List<ContentBlock> calls = Arrays.stream(ids)
                .<ContentBlock>map(id -> new ToolCall(id, "read", "{\"of\":\"" + id + "\"}"))
                .toList();
        return new ModelResponse(new Message.Assistant(calls), StopReason.TOOL_CALLS, USAGE);
    }

    private static List<String> idsAfter(Set<String> taken, String... ids) {
        return calling(ids).withUniqueCallIds(taken).message().calls().stream()
                .map(ToolCall::id)
                .toList();
    }

    @Test
    void anAnswerWithIdsOfItsOwnStaysAsItIs() {
        ModelResponse answer = new ModelResponse(
                new Message.Assistant(List.of(
                        new ContentBlock.Text("a"), new ToolCall("x", "read", "{}"), new ContentBlock.Text("b"))),
                StopReason.TOOL_CALLS,
                USAGE);

        assertEquals(answer, answer.withUniqueCallIds(Set.of("y")));
    }

    @Test
    void repeatedIdsAreToldApart() {
        assertEquals(List.of("x", "x_2", "x_3"), idsAfter(Set.of(), "x", "x", "x"));
        assertEquals(List.of("x_2", "y"), idsAfter(Set.of("x"), "x", "y"));
        assertEquals(List.of("x_3", "x_2_2"), idsAfter(Set.of("x", "x_2"), "x", "x_2"));
    }

    @Test
    void anEmptyIdGetsOne() {
        List<String> ids = idsAfter(Set.of(), "", "", "_2");

        assertEquals(3, new HashSet<>(ids).size(), ids.toString());
        assertEquals(List.of(), ids.stream().filter(String::isEmpty).toList());
    }

    @Test
    void onlyTheIdChanges() {
        assertEquals(
                new ToolCall("x_2", "read", "{\"of\":\"x\"}"),
                calling("x").withUniqueCallIds(Set.of("x")).message().calls().getFirst());
    }

    @Test
    void aModelIsNamedWithItsProviderAndCostsWhatIsKnown() {
        BigDecimal dollar = BigDecimal.ONE;
        Model priced =
                new Model("anthropic", "opus", 200_000, 8_192, Optional.of(new Price(dollar, dollar, dollar, dollar)));
        Model free = new Model("ollama", "qwen", 32_000, 4_096, Optional.empty());

        assertEquals("anthropic/opus", priced.name());
        assertEquals(Money.of("0.000015"), priced.cost(USAGE));
        assertEquals(Money.ZERO, free.cost(USAGE));
    }

    @Test
    void aRequestLeavesOutWhatItsModelRefuses() {
        ModelRequest request = new ModelRequest(
                new Model("fake", "fake-1", 1_000, 100, Optional.empty()),
                "",
                List.of(new ToolSpec("read", "Reads.", "{}")),
                List.of(new Message.User("Hi", List.of())),
                Optional.of(0.5),
                new ToolChoice.Required(),
                Optional.of(new OutputSchema("verdict", "{}")));
        assertEquals(request, request.asTaken());

        Model picky = new Model(
                "fake",
                "fake-1",
                1_000,
                100,
                Optional.empty(),
                Set.of(Quirk.NO_TEMPERATURE, Quirk.NO_TOOL_CHOICE, Quirk.NO_OUTPUT_SCHEMA),
                Optional.empty());
        assertEquals(
                new ModelRequest(picky, "", request.tools(), request.messages(), Optional.empty()),
                new ModelRequest(
                                picky,
                                "",
                                request.tools(),
                                request.messages(),
                                request.temperature(),
                                request.toolChoice(),
                                request.output())
                        .asTaken());
        assertEquals(Optional.of("high"), picky.withEffort("high").effort());
    }

    @Test
    void whatMayPassIsRetriedAndWhatWillNotIsNot() {
        List<ModelException.Kind> retried = Arrays.stream(ModelException.Kind.values())
                .filter(kind -> new ModelException(kind, "m").isRetryable())
                .toList();

        assertEquals(
                List.of(ModelException.Kind.RATE_LIMITED, ModelException.Kind.OVERLOADED, ModelException.Kind.NETWORK),
                retried);
    }

    @Test
    void aFailureCarriesItsCauseAndWhenToTryAgain() {
        IOException cause = new IOException("reset");
        ModelException cut = new ModelException(ModelException.Kind.NETWORK, "The stream was cut", cause);
        ModelException limited =
                new ModelException(ModelException.Kind.RATE_LIMITED, "Slow down", Optional.of(Duration.ofSeconds(3)));

        assertEquals(cause, cut.getCause());
        assertEquals(Optional.empty(), cut.retryAfter());
        assertEquals(Optional.of(Duration.ofSeconds(3)), limited.retryAfter());
        assertEquals("Slow down", limited.getMessage());
    }
}
