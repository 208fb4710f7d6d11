package dev.fettle.providers.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.OutputSchema;
import dev.fettle.core.model.Quirk;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.model.ToolChoice;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.usage.Usage;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.Timeouts;
import dev.fettle.providers.http.Wire;
import dev.fettle.testkit.Answers;
import dev.fettle.testkit.ModelProviderContract;
import dev.fettle.testkit.SettableClock;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Recorded;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class GeminiTest extends ModelProviderContract {
    private final List<Wire> wires = new ArrayList<>();

    @Override
    protected ModelProvider provider(URI base, Duration idle) {
        Wire wire = new Wire(new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(10), idle), new SettableClock());
        wires.add(wire);
        return new Gemini(new Endpoint(base, Optional.of(KEY), "set FAKE_API_KEY"), wire);
    }

    @Override
    protected URI base(FakeModelServer server) {
        return server.geminiBase();
    }

    @Override
    protected Model model() {
        return model(Set.of(Quirk.SIGNED_CALLS), Optional.empty());
    }

    @Override
    protected ContentBlock.Reasoning reasoning() {
        return new ContentBlock.Reasoning(
                "First \"look\", then speak.", "gemini", "{\"thoughtSignature\":\"EqQBCgIYAhIM/+==\"}");
    }

    @Override
    protected List<ToolCall> oddCalls() {
        return List.of(new ToolCall("call_1", "read", "{}"), new ToolCall("call_1", "no_such_tool", "{\"a\":[1]}"));
    }

    @Override
    protected Usage usage() {
        return new Usage(120, 3_000, 0, 77, 33);
    }

    @Override
    protected JsonNode configuration(JsonNode request) {
        return request.path("generationConfig");
    }

    @AfterEach
    void close() {
        wires.forEach(Wire::close);
    }

    @Test
    void keepsTheKeyOutOfTheAddressAndWritesTheBodyInAFixedOrder() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("Hi."))) {
            provider(server.geminiBase(), Duration.ofMinutes(1))
                    .complete(request(model(Set.of(), Optional.of("low")), user("Hello")), _ -> {});

            Recorded sent = server.requests().getFirst();
            assertEquals("/v1beta/models/fake-1:streamGenerateContent", sent.path());
            assertEquals("alt=sse", sent.query());
            assertEquals(Optional.of(KEY), sent.header("x-goog-api-key"));
            assertEquals("""
                    {"generationConfig":{"maxOutputTokens":8000,\
                    "thinkingConfig":{"includeThoughts":true,"thinkingLevel":"low"}},\
                    "systemInstruction":{"parts":[{"text":"Be brief."}]},\
                    "tools":[{"functionDeclarations":[{"name":"stop","description":"Stops.",\
                    "parametersJsonSchema":{"type":"object"}}]}],\
                    "contents":[{"role":"user","parts":[{"text":"Hello"}]}]}""", sent.text());
        }
    }

    @Test
    void namesTheToolToCallAndTheSchemaToFit() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("{}"), Answers.text("{}"))) {
            ModelProvider provider = provider(server.geminiBase(), Duration.ofMinutes(1));
            ToolSpec stop = new ToolSpec("stop", "Stops.", "{\"type\":\"object\"}");
            List<Message> messages = List.of(new Message.User("Hello", List.of()));
            OutputSchema schema = new OutputSchema("verdict", "{\"type\":\"object\"}");
            provider.complete(
                    new ModelRequest(
                            model(),
                            "",
                            List.of(stop),
                            messages,
                            Optional.empty(),
                            new ToolChoice.Named("stop"),
                            Optional.empty()),
                    _ -> {});
            provider.complete(
                    new ModelRequest(
                            model(), "", List.of(), messages, Optional.empty(), ToolChoice.AUTO, Optional.of(schema)),
                    _ -> {});

            String named = server.requests().getFirst().text();
            assertTrue(named.contains("""
                    "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["stop"]}}"""), named);
            String shaped = server.requests().getLast().text();
            assertTrue(shaped.contains("""
                    "responseMimeType":"application/json","responseJsonSchema":{"type":"object"}"""), shaped);
        }
    }

    @Test
    void aBudgetOfTokensIsANumberAndAModelThatDoesNotThinkIsToldNothingOfIt() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("a"), Answers.text("b"))) {
            ModelProvider gemini = provider(server.geminiBase(), Duration.ofMinutes(1));
            gemini.complete(request(model(Set.of(), Optional.of("1024")), user("Hello")), _ -> {});
            gemini.complete(request(model(Set.of(Quirk.NO_REASONING), Optional.empty()), user("Hello")), _ -> {});

            assertEquals(
                    1024,
                    configuration(server.requests().getFirst().json())
                            .at("/thinkingConfig/thinkingBudget")
                            .asInt());
            assertFalse(configuration(server.requests().getLast().json()).has("thinkingConfig"));
        }
    }

    @Test
    void aSignatureInAPartOfItsOwnGoesBackInOne() throws Exception {
        ContentBlock.Reasoning last =
                new ContentBlock.Reasoning("", "gemini", "{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}");
        try (FakeModelServer server = FakeModelServer.answering(
                Answers.of(StopReason.END, new ContentBlock.Text("All done, I think."), last), Answers.text("b"))) {
            ModelProvider gemini = provider(server.geminiBase(), Duration.ofMinutes(1));
            Message.Assistant answer =
                    gemini.complete(request(model(), user("Hello")), _ -> {}).message();
            assertEquals(List.of(new ContentBlock.Text("All done, I think."), last), answer.content());

            gemini.complete(request(model(), user("Hello"), answer, user("And?")), _ -> {});

            assertEquals(
                    "[{\"text\":\"All done, I think.\"},{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}]",
                    server.requests().getLast().json().at("/contents/1/parts").toString());
        }
    }

    @Test
    void callsOfOtherModelsAreMarkedAndIdsMadeHereAreNotSent() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("Done."))) {
            provider(server.geminiBase(), Duration.ofMinutes(1))
                    .complete(
                            request(
                                    model(),
                                    user("Hello"),
                                    new Message.Assistant(List.of(
                                            new ToolCall("gemini-call-1", "stop", "{}"),
                                            new ToolCall("functions.stop:0", "stop", "{}"))),
                                    new Message.Results(List.of(
                                            ToolResult.ok("gemini-call-1", "ok"),
                                            ToolResult.denied("functions.stop:0", "No.")))),
                            _ -> {});

            JsonNode contents = server.requests().getLast().json().path("contents");
            assertEquals("""
                    [{"functionCall":{"name":"stop","args":{}},"thoughtSignature":"skip_thought_signature_validator"},\
                    {"functionCall":{"id":"functions_stop_0","name":"stop","args":{}}}]""", contents.at("/1/parts").toString());
            assertEquals("""
                    [{"functionResponse":{"name":"stop","response":{"output":"ok"}}},\
                    {"functionResponse":{"id":"functions_stop_0","name":"stop","response":{"error":"No."}}}]""", contents.at("/2/parts").toString());
        }
    }

    @Test
    void aFilteredAnswerSaysWhy() throws Exception {
        try (FakeModelServer server =
                FakeModelServer.answering(Answers.of(StopReason.REFUSAL, new ContentBlock.Text("Well, ")))) {
            String text = provider(server.geminiBase(), Duration.ofMinutes(1))
                    .complete(request(model(), user("Hello")), _ -> {})
                    .message()
                    .text();
            assertTrue(text.endsWith("[the answer was stopped: SAFETY]"), text);
        }
    }

    private static Message.User user(String text) {
        return new Message.User(text, List.of());
    }

    private static Model model(Set<Quirk> quirks, Optional<String> effort) {
        return new Model("fake", "fake-1", 200_000, 8_000, Optional.empty(), quirks, effort);
    }

    private static ModelRequest request(Model model, Message... messages) {
        return new ModelRequest(
                model,
                "Be brief.",
                List.of(new ToolSpec("stop", "Stops.", "{\"type\":\"object\"}")),
                List.of(messages),
                Optional.empty());
    }
}
