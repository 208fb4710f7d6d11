package dev.fettle.providers.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.Peer;
import dev.fettle.providers.http.SseEvent;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What servers that call themselves compatible do differently.
final class OpenAiAnswerTest {
    private static final String STOP = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";

    @Test
    void aServerThatGivesEveryCallTheSameIndexIsUnderstood() {
        ModelResponse answer = answer("""
                {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"read","arguments":"{\\"p\\":1}"}}]}}]}""", """
                {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"list"}}]}}]}""", """
                {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":{"x":2}}}]}}]}""", STOP);

        assertEquals(
                List.of(new ToolCall("a", "read", "{\"p\":1}"), new ToolCall("b", "list", "{\"x\":2}")),
                answer.message().calls());
        assertEquals(StopReason.TOOL_CALLS, answer.stopReason());
    }

    @Test
    void piecesOfOneReasoningDetailAreJoined() {
        ModelResponse answer = answer("""
                {"choices":[{"delta":{"reasoning":"Hm","reasoning_details":[{"type":"reasoning.text","text":"Hm","index":0,"signature":null}]}}]}""", """
                {"choices":[{"delta":{"reasoning":", yes","reasoning_details":[{"type":"reasoning.text","text":", yes","index":0,"signature":"s1"}]}}]}""", """
                {"choices":[{"delta":{"reasoning_details":[{"type":"reasoning.encrypted","data":"xyz","index":1}]}}]}""", STOP);

        assertEquals(
                List.of(new ContentBlock.Reasoning("Hm, yes", "openai-chat/fake", """
                        {"reasoning_details":[{"type":"reasoning.text","text":"Hm, yes","index":0,"signature":"s1"},\
                        {"type":"reasoning.encrypted","data":"xyz","index":1}]}""")),
                answer.message().content());
    }

    @Test
    void deepSeekTellsItsCachedTokensInItsOwnField() {
        ModelResponse answer = answer("""
                {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":100,"completion_tokens":7,"prompt_cache_hit_tokens":60,\
                "completion_tokens_details":{"reasoning_tokens":3}}}""");

        assertEquals(new Usage(40, 60, 0, 7, 3), answer.usage());
    }

    @Test
    void aRefusalIsNoAnswer() {
        ModelResponse answer = answer("{\"choices\":[{\"delta\":{\"refusal\":\"I will not.\"}}]}", STOP);

        assertEquals(StopReason.REFUSAL, answer.stopReason());
        assertEquals("I will not.", answer.message().text());
    }

    @Test
    void aServerThatGivesUpIsOverloaded() {
        ModelException failure = assertThrows(
                ModelException.class,
                () -> answer("{\"choices\":[{\"delta\":{},\"finish_reason\":\"insufficient_system_resource\"}]}"));
        assertEquals(ModelException.Kind.OVERLOADED, failure.kind());

        ModelException reported = assertThrows(
                ModelException.class, () -> answer("{\"error\":{\"code\":429,\"message\":\"Slow down\"}}"));
        assertEquals(ModelException.Kind.RATE_LIMITED, reported.kind());
        assertEquals("fake (localhost:1) stopped its answer: Slow down", reported.getMessage());
    }

    private static ModelResponse answer(String... chunks) {
        Peer peer = new Peer(
                new Endpoint(URI.create("http://localhost:1"), Optional.empty(), "set FAKE_API_KEY"),
                new Model("fake", "fake-1", 1_000, 100, Optional.empty()));
        OpenAiAnswer answer = new OpenAiAnswer(peer, _ -> {});
        for (String chunk : chunks) {
            answer.accept(new SseEvent("message", chunk));
        }
        return answer.response().orElseThrow();
    }
}
