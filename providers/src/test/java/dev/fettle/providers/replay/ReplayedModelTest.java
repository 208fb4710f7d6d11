package dev.fettle.providers.replay;

import static dev.fettle.testkit.Answers.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ReplayedModelTest {
    private static final String RECORDING = """
            {"type":"user_said","text":"Fix it","images":[]}
            {"type":"assistant_said","model":"fake/fake-1","content":[{"type":"reasoning","text":"Hm","dialect":"d","verbatim":"{}"},{"type":"tool_call","id":"c1","name":"read","arguments":"{}"}],"stop_reason":"tool_calls","usage":{"input_tokens":10,"cache_read_tokens":5,"cache_write_tokens":2,"output_tokens":3,"reasoning_tokens":1},"cost":"0","duration_ms":7}

            {"content":[{"type":"text","text":"It is mended, 🦊🦊🦊🦊🦊🦊🦊🦊🦊 all of it."}]}
            """;

    private final ModelProvider model = new ReplayedModel(Recording.parse(RECORDING));

    @Test
    void answersAtThePlaceWhereTheSessionIs() throws Exception {
        ModelResponse first = model.complete(request(), _ -> {});
        assertEquals(
                new ModelResponse(
                        new Message.Assistant(
                                List.of(new ContentBlock.Reasoning("Hm", "d", "{}"), new ToolCall("c1", "read", "{}"))),
                        StopReason.TOOL_CALLS,
                        new Usage(10, 5, 2, 3, 1)),
                first);

        List<Delta> deltas = new ArrayList<>();
        ModelResponse second = model.complete(request(first.message()), deltas::add);

        assertEquals(
                "It is mended, 🦊🦊🦊🦊🦊🦊🦊🦊🦊 all of it.", second.message().text());
        assertEquals(StopReason.END, second.stopReason());
        assertTrue(deltas.size() > 1);
        StringBuilder shown = new StringBuilder();
        deltas.forEach(delta -> shown.append(((Delta.Text) delta).text()));
        assertEquals(second.message().text(), shown.toString());
    }

    @Test
    void endsClearlyWhereTheRecordingEnds() {
        Message.Assistant said = new Message.Assistant(List.of(call("read", "{}")));

        ModelException ended = assertThrows(ModelException.class, () -> model.complete(request(said, said), _ -> {}));

        assertEquals(ModelException.Kind.INVALID_REQUEST, ended.kind());
        assertEquals(
                "The recording ends after 2 answers and answer 3 was asked for; start a new session or record more",
                ended.getMessage());
    }

    @Test
    void aPauseCanBeInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<ModelResponse> outcome = new CompletableFuture<>();
        ModelProvider slow = new ReplayedModel(Recording.parse(RECORDING), Duration.ofMinutes(5));
        Thread caller = Thread.ofVirtual().start(() -> {
            begun.countDown();
            try {
                outcome.complete(slow.complete(request(), _ -> {}));
            } catch (InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
        assertTrue(begun.await(20, TimeUnit.SECONDS));

        caller.interrupt();

        ExecutionException ended = assertThrows(ExecutionException.class, () -> outcome.get(20, TimeUnit.SECONDS));
        assertInstanceOf(InterruptedException.class, ended.getCause());
    }

    @Test
    void aBadLineIsNamed() {
        for (String line : List.of("{", "{\"text\":\"no content\"}", "{\"content\":[{\"type\":\"video\"}]}")) {
            IllegalArgumentException bad =
                    assertThrows(IllegalArgumentException.class, () -> Recording.parse("{\"content\":[]}\n" + line));
            assertTrue(String.valueOf(bad.getMessage()).startsWith("Line 2 of the recording"), bad.getMessage());
        }
    }

    private static ModelRequest request(Message... answers) {
        List<Message> messages = new ArrayList<>(List.of(new Message.User("Fix it", List.of())));
        messages.addAll(List.of(answers));
        return new ModelRequest(
                new Model("replay", "fake-1", 1_000, 100, Optional.empty()), "", List.of(), messages, Optional.empty());
    }
}
