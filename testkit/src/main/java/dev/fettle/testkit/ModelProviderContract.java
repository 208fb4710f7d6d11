package dev.fettle.testkit;

import static dev.fettle.testkit.Answers.call;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.usage.Usage;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import dev.fettle.testkit.server.Recorded;
import dev.fettle.testkit.server.Step;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every client of a model API keeps to, shown over real HTTP against a [FakeModelServer].
public abstract class ModelProviderContract {
    /// Given to the provider under test, and never seen in a message.
    protected static final String KEY = "sk-test-4711-do-not-tell";

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Image IMAGE = new Image("image/png", "iVBORw0KGgo=");
    private static final ToolSpec READ = new ToolSpec(
            "read", "Reads a file.", "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}}}");

    /// The client under test.
    ///
    /// @param base what precedes the dialect's path
    /// @param idle how long the stream may be silent
    protected abstract ModelProvider provider(URI base, Duration idle);

    /// Where the server speaks this dialect.
    protected abstract URI base(FakeModelServer server);

    /// The model to ask, of the provider whose reasoning [#reasoning] is.
    protected Model model() {
        return new Model("fake", "fake-1", 200_000, 8_000, Optional.empty());
    }

    /// A reasoning block as this dialect's provider writes it.
    protected abstract ContentBlock.Reasoning reasoning();

    @Test
    void answersInPiecesAndWhole() throws Exception {
        ModelResponse answer = Answers.text("Grüße, 世界 and 🦊, in more than one piece.");
        try (FakeModelServer server = FakeModelServer.answering(answer)) {
            List<Delta> deltas = new ArrayList<>();

            ModelResponse received = provider(server).complete(request(user("Hello")), deltas::add);

            assertEquals(answer, received);
            assertTrue(deltas.size() > 1, "deltas: " + deltas);
            assertEquals(answer.message().text(), shown(deltas));
        }
    }

    @Test
    void carriesReasoningTextAndParallelCallsInOneAnswer() throws Exception {
        ModelResponse answer = Answers.of(
                StopReason.TOOL_CALLS,
                reasoning(),
                new ContentBlock.Text("Let me look."),
                call("read", "{\"path\":\"a/rather/long/path/to/a/file.txt\"}"),
                call("read", "{\"path\":\"b.txt\"}"),
                call("read", "{}"));
        try (FakeModelServer server = FakeModelServer.answering(answer)) {
            List<Delta> deltas = new ArrayList<>();

            assertEquals(answer, provider(server).complete(request(user("Look")), deltas::add));

            assertEquals(
                    3,
                    deltas.stream().filter(new Delta.CallBegun("read")::equals).count());
            assertEquals(reasoning().text(), thought(deltas));
        }
    }

    @Test
    void passesCallsOnAsTheModelMadeThem() throws Exception {
        ModelResponse answer = Answers.of(
                StopReason.TOOL_CALLS,
                new ToolCall("call_1", "read", "{\"path\": \"unfini"),
                new ToolCall("call_1", "no_such_tool", "{}"));
        try (FakeModelServer server = FakeModelServer.answering(answer)) {
            assertEquals(answer, ask(server, user("Look")));
        }
    }

    @Test
    void tellsWhyTheModelStopped() throws Exception {
        for (StopReason reason : List.of(StopReason.END, StopReason.MAX_TOKENS, StopReason.REFUSAL)) {
            try (FakeModelServer server =
                    FakeModelServer.answering(Answers.of(reason, new ContentBlock.Text("So far.")))) {
                assertEquals(reason, ask(server, user("Go")).stopReason());
            }
        }
    }

    @Test
    void countsEachTokenOnce() throws Exception {
        Usage usage = new Usage(120, 3_000, 450, 77, 0);
        ModelResponse answer = new ModelResponse(Answers.text("Counted.").message(), StopReason.END, usage);
        try (FakeModelServer server = FakeModelServer.answering(answer)) {
            assertEquals(usage, ask(server, user("Count")).usage());
        }
    }

    @Test
    void sendsReasoningBackUnchangedAndLeavesOutThatOfOthers() throws Exception {
        ToolCall call = call("read", "{\"path\":\"a\"}");
        try (FakeModelServer server = FakeModelServer.answering(
                Answers.of(StopReason.TOOL_CALLS, reasoning(), call), Answers.text("Done."))) {
            ModelProvider provider = provider(server);
            Message.Assistant first =
                    provider.complete(request(user("Look")), _ -> {}).message();
            List<ContentBlock> mixed = new ArrayList<>(first.content());
            mixed.addFirst(new ContentBlock.Reasoning("other", "other-dialect", "{\"other_thinking\":\"other\"}"));

            provider.complete(request(user("Look"), new Message.Assistant(mixed), ok(call.id(), "content")), _ -> {});

            String sent = server.requests().getLast().text();
            String fields = reasoning().verbatim();
            assertTrue(sent.contains(fields.substring(1, fields.length() - 1)), sent);
            assertFalse(sent.contains("other_thinking"), sent);
        }
    }

    @Test
    void everyRequestOfASessionBeginsWithTheOneBeforeIt() throws Exception {
        try (FakeModelServer server = FakeModelServer.deciding(request -> new Step.Answer(nextOfSession(request)))) {
            ModelProvider provider = provider(server);
            List<Message> messages = new ArrayList<>(List.of(user("Work for a while")));
            for (int step = 1; step <= 50; step++) {
                Message.Assistant answer =
                        provider.complete(request(messages), _ -> {}).message();
                messages.add(answer);
                messages.add(new Message.Results(answer.calls().stream()
                        .map(call ->
                                new ToolResult(call.id(), ToolResult.Kind.OK, "Line\nof \"output\" ✓", List.of(IMAGE)))
                        .toList()));
                if (step % 10 == 0) {
                    messages.add(user("Go on after step " + step));
                }
            }

            List<Recorded> requests = server.requests();
            assertEquals(50, requests.size());
            for (int i = 1; i < requests.size(); i++) {
                byte[] before = requests.get(i - 1).body();
                byte[] prefix = Arrays.copyOf(before, before.length - "]}".length());
                byte[] after = requests.get(i).body();
                assertArrayEquals(prefix, Arrays.copyOf(after, prefix.length), "request " + (i + 1));
                assertTrue(after.length > before.length);
            }
        }
    }

    private ModelResponse nextOfSession(Recorded request) {
        String id = "call_" + request.body().length;
        return Answers.of(
                StopReason.TOOL_CALLS,
                reasoning(),
                new ContentBlock.Text("Step."),
                new ToolCall(id + "_a", "read", "{\"path\": \"a\"}"),
                new ToolCall(id + "_b", "read", "not json"));
    }

    @Test
    void showsImagesOfThePersonAndOfTools() throws Exception {
        ToolCall call = call("read", "{\"path\":\"shot.png\"}");
        Image seen = new Image("image/jpeg", "/9j/4AAQ");
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("A fox."))) {
            ask(
                    server,
                    new Message.User("What is this?", List.of(IMAGE)),
                    new Message.Assistant(List.of(call)),
                    new Message.Results(
                            List.of(new ToolResult(call.id(), ToolResult.Kind.OK, "Read.", List.of(seen)))));

            String sent = server.requests().getLast().text();
            assertTrue(sent.contains(IMAGE.base64()) && sent.contains(seen.base64()), sent);
        }
    }

    @Test
    void whatModelsAndToolsGetWrongCanStillBeSent() throws Exception {
        List<ToolCall> calls = List.of(
                call("read", "{\"path\": \"unfini"),
                call("read", "[1, 2]"),
                call("read", ""),
                call("read", "{\"a\":1} trailing"),
                call("what is this?", "{}"));
        List<ContentBlock> content = new ArrayList<>(calls);
        content.addFirst(new ContentBlock.Text("  "));
        Message.Results results = new Message.Results(calls.stream()
                .map(call -> ToolResult.error(call.id(), "half a character: \uD83E"))
                .toList());
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("Sorry."))) {
            ModelResponse answer = ask(
                    server,
                    user("Hello"),
                    new Message.Assistant(List.of()),
                    user("Hello?"),
                    new Message.Assistant(content),
                    results);

            assertEquals("Sorry.", answer.message().text());
            assertTrue(server.requests().getLast().text().contains("unfini"));
        }
    }

    @Test
    void sendsTheTemperatureOnlyIfThereIsOne() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("a"), Answers.text("b"))) {
            ModelProvider provider = provider(server);
            provider.complete(request(user("Hi")), _ -> {});
            provider.complete(new ModelRequest(model(), "", List.of(), List.of(user("Hi")), Optional.of(0.5)), _ -> {});

            assertFalse(server.requests().getFirst().json().has("temperature"));
            assertEquals(
                    0.5, server.requests().getLast().json().path("temperature").asDouble());
        }
    }

    @TestFactory
    List<DynamicTest> failuresHaveTheirKind() {
        ModelResponse half = Answers.text("This answer will not be finished, whatever it says.");
        Map<Fault, Kind> expected = Map.ofEntries(
                Map.entry(Fault.unauthorized(), Kind.AUTH),
                Map.entry(Fault.forbidden(), Kind.AUTH),
                Map.entry(Fault.refusal(402, "billing_error", "", "No credit left"), Kind.AUTH),
                Map.entry(Fault.rateLimited("7"), Kind.RATE_LIMITED),
                Map.entry(Fault.serverError(), Kind.OVERLOADED),
                Map.entry(Fault.refusal(502, "", "", "bad gateway"), Kind.OVERLOADED),
                Map.entry(Fault.refusal(503, "", "", "unavailable"), Kind.OVERLOADED),
                Map.entry(Fault.refusal(504, "", "", "gateway timeout"), Kind.OVERLOADED),
                Map.entry(Fault.overloaded(), Kind.OVERLOADED),
                Map.entry(Fault.contextTooLong(), Kind.CONTEXT_TOO_LONG),
                Map.entry(Fault.refusal(413, "request_too_large", "", "too large"), Kind.CONTEXT_TOO_LONG),
                Map.entry(Fault.invalidRequest(), Kind.INVALID_REQUEST),
                Map.entry(Fault.noSuchModel(), Kind.INVALID_REQUEST),
                Map.entry(new Fault.Cut(half, false), Kind.NETWORK),
                Map.entry(new Fault.Cut(half, true), Kind.NETWORK),
                Map.entry(new Fault.Garbage(), Kind.NETWORK),
                Map.entry(new Fault.WebPage(), Kind.NETWORK),
                Map.entry(new Fault.ErrorEvent(half, "overloaded_error", "Overloaded"), Kind.OVERLOADED),
                Map.entry(new Fault.ErrorEvent(half, "rate_limit_error", "Slow down"), Kind.RATE_LIMITED),
                Map.entry(new Fault.ErrorEvent(half, "authentication_error", "Who?"), Kind.AUTH),
                Map.entry(new Fault.ErrorEvent(half, "invalid_request_error", "No"), Kind.INVALID_REQUEST));
        return expected.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().toString(), () -> {
                    try (FakeModelServer server = FakeModelServer.script(entry.getKey())) {
                        ModelException failure = failure(server);
                        assertEquals(entry.getValue(), failure.kind(), failure.getMessage());
                        assertTrue(failure.getMessage().contains(server.hostAndPort()), failure.getMessage());
                    }
                }))
                .toList();
    }

    @Test
    void saysWhatToDoAndNeverTheKey() {
        try (FakeModelServer server = FakeModelServer.script(
                Fault.refusal(401, "authentication_error", "", "Incorrect API key provided: " + KEY),
                Fault.noSuchModel(),
                Fault.refusal(400, "invalid_request_error", "", "x".repeat(5_000)))) {
            String wrongKey = failure(server).getMessage();
            String wrongModel = failure(server).getMessage();
            String long_ = failure(server).getMessage();

            assertTrue(wrongKey.contains("set FAKE_API_KEY"), wrongKey);
            assertFalse(wrongKey.contains(KEY), wrongKey);
            assertTrue(wrongModel.contains("fake-1"), wrongModel);
            assertTrue(long_.length() < 450, long_);
        }
    }

    @Test
    void tellsHowLongTheProviderWantsToBeLeftAlone() {
        try (FakeModelServer server = FakeModelServer.script(
                Fault.rateLimited("7"),
                Fault.rateLimited("Sat, 21 Nov 2026 09:02:00 GMT"),
                Fault.rateLimited("soon"))) {
            assertEquals(Optional.of(Duration.ofSeconds(7)), failure(server).retryAfter());
            assertEquals(Optional.of(Duration.ofMinutes(2)), failure(server).retryAfter());
            assertEquals(Optional.empty(), failure(server).retryAfter());
        }
    }

    @Test
    void aRefusedConnectionNamesTheAddress() {
        FakeModelServer gone = FakeModelServer.script();
        gone.close();

        ModelException failure = failure(gone);

        assertEquals(Kind.NETWORK, failure.kind());
        assertTrue(failure.getMessage().contains(gone.hostAndPort()), failure.getMessage());
    }

    @Test
    void silenceInMidStreamIsANetworkFailure() {
        try (FakeModelServer server =
                FakeModelServer.script(new Fault.Silence(LONG, true, Answers.text("Never to be finished.")))) {
            ModelProvider impatient = provider(base(server), Duration.ofMillis(150));

            ModelException failure =
                    assertThrows(ModelException.class, () -> impatient.complete(request(user("Hi")), _ -> {}));

            assertEquals(Kind.NETWORK, failure.kind());
        }
    }

    @Test
    void interruptionEndsACallBeforeTheAnswerBegins() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeModelServer server = FakeModelServer.deciding(_ -> {
            asked.countDown();
            return new Fault.Silence(LONG, false, Answers.text("Too late."));
        })) {
            assertInterruptible(server, asked);
        }
    }

    @Test
    void interruptionEndsACallInMidStream() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (FakeModelServer server =
                FakeModelServer.script(new Fault.Silence(LONG, true, Answers.text("Half of this comes too late.")))) {
            assertInterruptible(server, begun);
        }
    }

    /// The server stays silent for minutes, so a call that ends at all has been interrupted.
    private void assertInterruptible(FakeModelServer server, CountDownLatch ready)
            throws InterruptedException, TimeoutException {
        ModelProvider provider = provider(server);
        CompletableFuture<ModelResponse> outcome = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(provider.complete(request(user("Hi")), _ -> ready.countDown()));
            } catch (InterruptedException | RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        assertTrue(ready.await(20, TimeUnit.SECONDS));

        caller.interrupt();

        ExecutionException ended = assertThrows(ExecutionException.class, () -> outcome.get(20, TimeUnit.SECONDS));
        assertInstanceOf(InterruptedException.class, ended.getCause());
    }

    private ModelProvider provider(FakeModelServer server) {
        return provider(base(server), LONG);
    }

    private ModelResponse ask(FakeModelServer server, Message... messages) throws InterruptedException {
        return provider(server).complete(request(messages), _ -> {});
    }

    private ModelException failure(FakeModelServer server) {
        return assertThrows(ModelException.class, () -> ask(server, user("Hi")));
    }

    private ModelRequest request(Message... messages) {
        return request(List.of(messages));
    }

    private ModelRequest request(List<Message> messages) {
        return new ModelRequest(model(), "You mend things.", List.of(READ), messages, Optional.empty());
    }

    private static Message.User user(String text) {
        return new Message.User(text, List.of());
    }

    private static Message.Results ok(String callId, String text) {
        return new Message.Results(List.of(ToolResult.ok(callId, text)));
    }

    private static String shown(List<Delta> deltas) {
        return deltas.stream()
                .filter(Delta.Text.class::isInstance)
                .map(delta -> ((Delta.Text) delta).text())
                .collect(Collectors.joining());
    }

    private static String thought(List<Delta> deltas) {
        return deltas.stream()
                .filter(Delta.Reasoning.class::isInstance)
                .map(delta -> ((Delta.Reasoning) delta).text())
                .collect(Collectors.joining());
    }
}
