package dev.fettle.providers.responses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.OutputSchema;
import dev.fettle.core.model.Quirk;
import dev.fettle.core.model.ToolChoice;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.providers.http.Endpoint;
import dev.fettle.providers.http.KeyHeader;
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

final class OpenAiResponsesTest extends ModelProviderContract {
    private final List<Wire> wires = new ArrayList<>();

    @Override
    protected ModelProvider provider(URI base, Duration idle) {
        return new OpenAiResponses(new Endpoint(base, Optional.of(KEY), "set FAKE_API_KEY"), wire(idle));
    }

    private Wire wire(Duration idle) {
        Wire wire = new Wire(new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(10), idle), new SettableClock());
        wires.add(wire);
        return wire;
    }

    @Override
    protected URI base(FakeModelServer server) {
        return server.openAiBase();
    }

    @Override
    protected ContentBlock.Reasoning reasoning() {
        return new ContentBlock.Reasoning("First \"look\".\n\nThen speak.", "openai-responses", """
                {"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"First \\"look\\"."},\
                {"type":"summary_text","text":"Then speak."}],"encrypted_content":"gAAAAABo/+="}""");
    }

    @AfterEach
    void close() {
        wires.forEach(Wire::close);
    }

    @Test
    void keepsNothingAtTheProviderAndWritesTheBodyInAFixedOrder() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("Hi."))) {
            provider(server.openAiBase(), Duration.ofMinutes(1)).complete(request(MODEL), _ -> {});

            Recorded sent = server.requests().getFirst();
            assertEquals("/v1/responses", sent.path());
            assertEquals(Optional.of("Bearer " + KEY), sent.header("authorization"));
            assertEquals("""
                    {"model":"fake-1","max_output_tokens":8000,"stream":true,"store":false,\
                    "prompt_cache_key":"%s","include":["reasoning.encrypted_content"],\
                    "reasoning":{"effort":"high","summary":"auto"},"instructions":"Be brief.",\
                    "tools":[{"type":"function","name":"stop","description":"Stops.","strict":false,\
                    "parameters":{"type":"object"}}],\
                    "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hello"}]}]}""".formatted(sent.json().path("prompt_cache_key").asString()), sent.text());
        }
    }

    @Test
    void namesTheToolToCallAndTheSchemaToFit() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("{}"), Answers.text("{}"))) {
            ModelProvider provider = provider(server.openAiBase(), Duration.ofMinutes(1));
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
                    "tool_choice":{"type":"function","name":"stop"}"""), named);
            String shaped = server.requests().getLast().text();
            assertTrue(shaped.contains("""
                    "text":{"format":{"type":"json_schema","name":"verdict","strict":false,"schema":{"type":"object"}}}"""), shaped);
        }
    }

    @Test
    void asksNothingOfAModelThatItRefuses() throws Exception {
        Model plain = new Model(
                "azure",
                "gpt-4.1",
                200_000,
                8_000,
                Optional.empty(),
                Set.of(Quirk.NO_REASONING, Quirk.NO_TEMPERATURE),
                Optional.of("high"));
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("Hi."))) {
            new OpenAiResponses(
                            new Endpoint(server.openAiBase(), Optional.of(KEY), "set FAKE_API_KEY"),
                            KeyHeader.API_KEY,
                            wire(Duration.ofMinutes(1)))
                    .complete(request(plain), _ -> {});

            Recorded sent = server.requests().getFirst();
            JsonNode body = sent.json();
            assertEquals(Optional.of(KEY), sent.header("api-key"));
            assertEquals(Optional.empty(), sent.header("authorization"));
            assertFalse(body.has("include") || body.has("reasoning") || body.has("temperature"), sent.text());
        }
    }

    private static final Model MODEL =
            new Model("fake", "fake-1", 200_000, 8_000, Optional.empty(), Set.of(), Optional.of("high"));

    private static ModelRequest request(Model model) {
        return new ModelRequest(
                model,
                "Be brief.",
                List.of(new ToolSpec("stop", "Stops.", "{\"type\":\"object\"}")),
                List.of(new Message.User("Hello", List.of())),
                model.has(Quirk.NO_TEMPERATURE) ? Optional.of(0.3) : Optional.empty());
    }
}
