package dev.fettle.providers.responses;

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
final class ResponsesAnswerTest {
    private static final String CUT = """
            {"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"%s"}}}""";

    @Test
    void whatHadGrownIsKeptWhereTheLimitCutsItOff() {
        ModelResponse answer = answer("""
                {"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","summary":[]}}""", """
                {"type":"response.reasoning_summary_text.delta","output_index":0,"delta":"Hm"}""", """
                {"type":"response.output_item.added","output_index":1,"item":{"type":"message","content":[]}}""", """
                {"type":"response.output_text.delta","output_index":1,"delta":"So"}""", """
                {"type":"response.output_item.added","output_index":2,\
                "item":{"type":"function_call","call_id":"c","name":"read","arguments":""}}""", """
                {"type":"response.function_call_arguments.delta","output_index":2,"delta":"{\\"pa"}""", CUT.formatted("max_output_tokens"));

        assertEquals(StopReason.MAX_TOKENS, answer.stopReason());
        assertEquals(
                List.of(
                        new ContentBlock.Reasoning("Hm", "openai-responses", ""),
                        new ContentBlock.Text("So"),
                        new ToolCall("c", "read", "{\"pa")),
                answer.message().content());
    }

    @Test
    void reasoningThatIsNotEncryptedCannotComeBack() {
        ModelResponse answer = answer("""
                {"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs","summary":[]}}""", """
                {"type":"response.output_item.done","output_index":1,\
                "item":{"type":"function_call","call_id":"c","name":"stop","arguments":""}}""", """
                {"type":"response.completed","response":{"status":"completed"}}""");

        assertEquals(StopReason.TOOL_CALLS, answer.stopReason());
        assertEquals(
                List.of(new ContentBlock.Reasoning("", "openai-responses", ""), new ToolCall("c", "stop", "{}")),
                answer.message().content());
    }

    @Test
    void aFilterIsARefusal() {
        assertEquals(StopReason.REFUSAL, answer(CUT.formatted("content_filter")).stopReason());
    }

    @Test
    void errorsInTheStreamHaveTheirKindByTheirCode() {
        assertEquals(ModelException.Kind.RATE_LIMITED, failure("""
                {"type":"error","code":"rate_limit_exceeded","message":"Slow down","param":null}"""));
        assertEquals(ModelException.Kind.CONTEXT_TOO_LONG, failure("""
                {"type":"response.failed","response":{"error":{"code":"context_length_exceeded","message":"Too much"}}}"""));
        assertEquals(ModelException.Kind.AUTH, failure("""
                {"type":"error","error":{"type":"insufficient_quota","code":"insufficient_quota","message":"Pay"}}"""));
        assertEquals(ModelException.Kind.NETWORK, failure("""
                {"type":"response.output_text.delta","output_index":4,"delta":"from nowhere"}"""));
    }

    private static ModelException.Kind failure(String event) {
        return assertThrows(ModelException.class, () -> answer(event)).kind();
    }

    private static ModelResponse answer(String... events) {
        Peer peer = new Peer(
                new Endpoint(URI.create("http://localhost:1"), Optional.empty(), "set FAKE_API_KEY"),
                new Model("fake", "fake-1", 1_000, 100, Optional.empty()));
        ResponsesAnswer answer = new ResponsesAnswer(peer, _ -> {});
        for (String event : events) {
            answer.accept(new SseEvent("message", event));
        }
        return answer.response().orElseThrow();
    }
}
