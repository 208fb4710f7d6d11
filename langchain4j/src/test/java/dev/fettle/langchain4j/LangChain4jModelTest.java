package dev.fettle.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.usage.Usage;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LangChain4jModelTest {
    private static final Model MODEL = new Model("mine", "m", 10_000, 1_000, Optional.empty());
    private static final ToolSpec READ = new ToolSpec(
            "read",
            "Reads a file.",
            "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},\"required\":[\"path\"]}");

    private final List<ChatRequest> requests = new ArrayList<>();

    /// A model that does one thing with whoever asks, on a thread of its own.
    private LangChain4jModel model(Behaviour behaviour) {
        return new LangChain4jModel(new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                requests.add(request);
                Thread.ofVirtual().start(() -> behaviour.answer(handler));
            }
        });
    }

    private interface Behaviour {
        void answer(StreamingChatResponseHandler handler);
    }

    private static ModelRequest request(Message... messages) {
        return new ModelRequest(MODEL, "Be good.", List.of(READ), List.of(messages), Optional.of(0.5));
    }

    private static ModelRequest hi() {
        return request(new Message.User("Hi", List.of()));
    }

    private static ChatResponse response(AiMessage message, FinishReason reason) {
        return ChatResponse.builder()
                .aiMessage(message)
                .finishReason(reason)
                .tokenUsage(new TokenUsage(12, 3))
                .build();
    }

    @Test
    void piecesComeFromTheAskingThreadAndTheAnswerIsWhole() throws Exception {
        List<Delta> shown = new ArrayList<>();
        Thread asking = Thread.currentThread();
        ModelResponse answer = model(handler -> {
                    handler.onPartialThinking(new PartialThinking("Hm."));
                    handler.onPartialResponse("Hel");
                    handler.onPartialResponse("lo");
                    handler.onPartialToolCall(PartialToolCall.builder()
                            .index(0)
                            .id("c1")
                            .name("read")
                            .partialArguments("{\"pa")
                            .build());
                    handler.onCompleteResponse(response(
                            AiMessage.from(
                                    "Hello",
                                    List.of(ToolExecutionRequest.builder()
                                            .id("c1")
                                            .name("read")
                                            .arguments("{\"path\":\"a\"}")
                                            .build())),
                            FinishReason.TOOL_EXECUTION));
                })
                .complete(hi(), delta -> {
                    assertEquals(asking, Thread.currentThread());
                    shown.add(delta);
                });
        assertEquals(
                new ModelResponse(
                        new Message.Assistant(List.of(
                                new ContentBlock.Text("Hello"), new ToolCall("c1", "read", "{\"path\":\"a\"}"))),
                        StopReason.TOOL_CALLS,
                        new Usage(12, 0, 0, 3, 0)),
                answer);
        assertEquals(
                List.of(
                        new Delta.Reasoning("Hm."),
                        new Delta.Text("Hel"),
                        new Delta.Text("lo"),
                        new Delta.CallBegun("read")),
                shown);
    }

    @Test
    void theConversationIsSaidInItsWords() throws Exception {
        model(handler -> handler.onCompleteResponse(response(AiMessage.from("ok"), FinishReason.STOP)))
                .complete(
                        request(
                                new Message.User("Look", List.of(new Image("image/png", "iVBORw0KGgo="))),
                                new Message.Assistant(List.of(new ToolCall("c1", "read", "{}"))),
                                new Message.Results(List.of(ToolResult.error("c1", "No file")))),
                        _ -> {});
        ChatRequest sent = requests.getFirst();
        assertEquals(1_000, sent.maxOutputTokens());
        assertEquals(0.5, sent.temperature());
        assertInstanceOf(SystemMessage.class, sent.messages().getFirst());
        assertEquals(2, ((UserMessage) sent.messages().get(1)).contents().size());
        assertEquals(
                "c1",
                ((AiMessage) sent.messages().get(2))
                        .toolExecutionRequests()
                        .getFirst()
                        .id());
        ToolExecutionResultMessage result =
                (ToolExecutionResultMessage) sent.messages().get(3);
        assertEquals(List.of("c1", "read", "No file"), List.of(result.id(), result.toolName(), result.text()));
        assertEquals(true, result.isError());
        assertEquals(
                List.of("path"),
                sent.toolSpecifications().getFirst().parameters().required());
        assertTrue(
                sent.toolSpecifications().getFirst().parameters().properties().containsKey("path"));
    }

    @Test
    void aForcedToolIsForced() throws Exception {
        model(handler -> handler.onCompleteResponse(response(AiMessage.from("ok"), FinishReason.STOP)))
                .complete(
                        new ModelRequest(
                                MODEL,
                                "",
                                List.of(READ),
                                List.of(new Message.User("Hi", List.of())),
                                Optional.empty(),
                                new dev.fettle.core.model.ToolChoice.Named("read"),
                                Optional.empty()),
                        _ -> {});
        assertEquals(ToolChoice.REQUIRED, requests.getFirst().toolChoice());
    }

    @Test
    void anAnswerThatWasCutOrRefusedSaysSo() throws Exception {
        assertEquals(
                StopReason.MAX_TOKENS,
                model(handler -> handler.onCompleteResponse(response(AiMessage.from("ha"), FinishReason.LENGTH)))
                        .complete(hi(), _ -> {})
                        .stopReason());
        assertEquals(
                StopReason.REFUSAL,
                model(handler ->
                                handler.onCompleteResponse(response(AiMessage.from("no"), FinishReason.CONTENT_FILTER)))
                        .complete(hi(), _ -> {})
                        .stopReason());
        assertEquals(
                Usage.ZERO,
                model(handler -> handler.onCompleteResponse(ChatResponse.builder()
                                .aiMessage(AiMessage.from("ok"))
                                .build()))
                        .complete(hi(), _ -> {})
                        .usage());
    }

    @Test
    void failuresHaveTheirKind() {
        assertEquals(
                List.of("AUTH", "RATE_LIMITED", "OVERLOADED", "NETWORK", "INVALID_REQUEST", "INVALID_REQUEST"),
                List.<RuntimeException>of(
                                new AuthenticationException("key"),
                                new RateLimitException("slow down"),
                                new InternalServerException("500"),
                                new TimeoutException("late"),
                                new InvalidRequestException("what?"),
                                new IllegalStateException("bug"))
                        .stream()
                        .map(reason -> assertThrows(
                                        ModelException.class,
                                        () -> model(handler -> handler.onError(reason))
                                                .complete(hi(), _ -> {}))
                                .kind()
                                .name())
                        .toList());
    }

    @Test
    void whoeverIsInterruptedStopsTheModel() throws Exception {
        AtomicBoolean isCancelled = new AtomicBoolean();
        StreamingHandle handle = new StreamingHandle() {
            @Override
            public void cancel() {
                isCancelled.set(true);
            }

            @Override
            public boolean isCancelled() {
                return isCancelled.get();
            }
        };
        CountDownLatch begun = new CountDownLatch(1);
        Thread asking = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            try {
                begun.await();
                asking.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        LangChain4jModel model = model(
                handler -> handler.onPartialResponse(new PartialResponse("Hel"), new PartialResponseContext(handle)));
        assertThrows(InterruptedException.class, () -> model.complete(hi(), _ -> begun.countDown()));
        assertTrue(isCancelled.get());
    }
}
