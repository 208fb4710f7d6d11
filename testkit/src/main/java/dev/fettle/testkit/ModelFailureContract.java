package dev.fettle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// How every client of a model API fails and stops: the half of [ModelProviderContract] about what goes wrong.
public abstract class ModelFailureContract {
    /// Given to the provider under test, and never seen in a message.
    protected static final String KEY = "sk-test-4711-do-not-tell";

    private static final Duration LONG = Duration.ofMinutes(5);
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

    final ModelProvider provider(FakeModelServer server) {
        return provider(base(server), LONG);
    }

    final ModelResponse ask(FakeModelServer server, Message... messages) throws InterruptedException {
        return provider(server).complete(request(messages), _ -> {});
    }

    final ModelException failure(FakeModelServer server) {
        return assertThrows(ModelException.class, () -> ask(server, user("Hi")));
    }

    final ModelRequest request(Message... messages) {
        return request(List.of(messages));
    }

    final ModelRequest request(List<Message> messages) {
        return new ModelRequest(model(), "You mend things.", List.of(READ), messages, Optional.empty());
    }

    static Message.User user(String text) {
        return new Message.User(text, List.of());
    }
}
