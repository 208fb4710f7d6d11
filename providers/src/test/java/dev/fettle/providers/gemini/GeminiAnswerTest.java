package dev.fettle.providers.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.Peer;
import dev.fettle.providers.http.SseEvent;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the server of the contract test does not do.
final class GeminiAnswerTest {
    private static final String END = "{\"candidates\":[{\"finishReason\":\"%s\"}]}";

    @Test
    void callsWithoutAnIdGetOneThatNoEarlierCallHas() {
        ModelResponse answer = answer("""
                {"candidates":[{"content":{"parts":[{"functionCall":{"name":"read","args":{"p":"é"}}},\
                {"functionCall":{"name":"stop"}}]}}]}""", END.formatted("STOP"));

        assertEquals(
                List.of(
                        new ToolCall("gemini-call-4", "read", "{\"p\":\"é\"}"),
                        new ToolCall("gemini-call-5", "stop", "{}")),
                answer.message().calls());
        assertEquals(StopReason.TOOL_CALLS, answer.stopReason());
    }

    @Test
    void thoughtsWithoutASignatureAreShownAndStayHere() {
        ModelResponse answer = answer("""
                {"candidates":[{"content":{"parts":[{"text":"Hm","thought":true},{"text":"Hi"}]},"finishReason":"STOP"}]}""");

        assertEquals(
                List.of(new ContentBlock.Reasoning("Hm", "gemini", ""), new ContentBlock.Text("Hi")),
                answer.message().content());
    }

    @Test
    void aBlockedPromptIsARefusalThatSaysWhy() {
        ModelResponse answer = answer("{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}}");

        assertEquals(StopReason.REFUSAL, answer.stopReason());
        assertEquals(
                "[the prompt was blocked: PROHIBITED_CONTENT]", answer.message().text());
    }

    @Test
    void aCallThatCannotBeReadIsTriedAgain() {
        for (String reason : List.of("MALFORMED_FUNCTION_CALL", "OTHER")) {
            ModelException failure = assertThrows(ModelException.class, () -> answer(END.formatted(reason)));
            assertEquals(ModelException.Kind.NETWORK, failure.kind());
        }
    }

    private static ModelResponse answer(String... chunks) {
        Peer peer = new Peer(
                new Endpoint(URI.create("http://localhost:1"), Optional.empty(), "set FAKE_API_KEY"),
                new Model("fake", "fake-1", 1_000, 100, Optional.empty()));
        GeminiAnswer answer = new GeminiAnswer(peer, _ -> {}, new CallIds(3));
        for (String chunk : chunks) {
            answer.accept(new SseEvent("message", chunk));
        }
        return answer.response().orElseThrow();
    }
}
