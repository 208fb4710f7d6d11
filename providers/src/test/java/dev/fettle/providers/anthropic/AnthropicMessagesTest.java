package dev.fettle.providers.anthropic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.OutputSchema;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.model.ToolChoice;
import dev.fettle.core.tool.ToolSpec;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AnthropicMessagesTest extends ModelProviderContract {
    private static final ContentBlock.Reasoning REDACTED = new ContentBlock.Reasoning(
            "", "anthropic", "{\"type\":\"redacted_thinking\",\"data\":\"EmwKAhgBEgy3va3\"}");

    private final List<Wire> wires = new ArrayList<>();

    @Override
    protected ModelProvider provider(URI base, Duration idle) {
        Wire wire = new Wire(new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(10), idle), new SettableClock());
        wires.add(wire);
        return new AnthropicMessages(
                new Endpoint(base, Optional.of(KEY), "set FAKE_API_KEY", Map.of("x-team", "menders")), wire);
    }

    @Override
    protected URI base(FakeModelServer server) {
        return server.anthropicBase();
    }

    @Override
    protected ContentBlock.Reasoning reasoning() {
        return new ContentBlock.Reasoning(
                "First \"look\", then speak.",
                "anthropic",
                "{\"type\":\"thinking\",\"thinking\":\"First \\\"look\\\", then speak.\",\"signature\":\"EqQBCgIYAhIM/+==\"}");
    }

    @AfterEach
    void close() {
        wires.forEach(Wire::close);
    }

    @Test
    void identifiesItselfAndAsksForCachingOutsideTheMessages() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("Hi."), Answers.text("Hi."))) {
            ModelProvider provider = provider(server.anthropicBase(), Duration.ofMinutes(1));
            provider.complete(request("Be brief.", new Message.User("Hello", List.of())), _ -> {});
            provider.complete(request("", new Message.User("Hello", List.of())), _ -> {});

            Recorded sent = server.requests().getFirst();
            assertEquals(Optional.of(KEY), sent.header("X-Api-Key"));
            assertEquals(Optional.of("2023-06-01"), sent.header("anthropic-version"));
            assertEquals(Optional.of("menders"), sent.header("x-team"));
            assertEquals("""
                    {"model":"fake-1","max_tokens":8000,"stream":true,"cache_control":{"type":"ephemeral"},\
                    "tools":[{"name":"stop","description":"Stops.","input_schema":{"type":"object"}}],\
                    "system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],\
                    "messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}]}""", sent.text());
            assertEquals("""
                    {"model":"fake-1","max_tokens":8000,"stream":true,"cache_control":{"type":"ephemeral"},\
                    "tools":[{"name":"stop","description":"Stops.","input_schema":{"type":"object"},\
                    "cache_control":{"type":"ephemeral"}}],\
                    "messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}]}""", server.requests().getLast().text());
        }
    }

    @Test
    void namesTheToolToCallAndTheSchemaToFit() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("{}"), Answers.text("{}"))) {
            ModelProvider provider = provider(server.anthropicBase(), Duration.ofMinutes(1));
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
                    "tool_choice":{"type":"tool","name":"stop"}"""), named);
            String shaped = server.requests().getLast().text();
            assertTrue(shaped.contains("""
                    "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}"""), shaped);
        }
    }

    @Test
    void bringsRedactedThinkingBack() throws Exception {
        ToolCall call = new ToolCall("toolu_1", "stop", "{}");
        try (FakeModelServer server =
                FakeModelServer.answering(Answers.of(StopReason.TOOL_CALLS, REDACTED, call), Answers.text("Done."))) {
            ModelProvider provider = provider(server.anthropicBase(), Duration.ofMinutes(1));
            Message.User asked = new Message.User("Hello", List.of());
            Message.Assistant answer =
                    provider.complete(request("", asked), _ -> {}).message();
            assertEquals(List.of(REDACTED, call), answer.content());

            provider.complete(
                    request("", asked, answer, new Message.Results(List.of(ToolResult.ok("toolu_1", "ok")))), _ -> {});

            assertTrue(server.requests().getLast().text().contains(REDACTED.verbatim()));
        }
    }

    @Test
    void idsOfOtherProvidersAreMadeLegalOnBothSides() throws Exception {
        ToolCall call = new ToolCall("functions.stop:0", "stop", "{}");
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("Done."))) {
            provider(server.anthropicBase(), Duration.ofMinutes(1))
                    .complete(
                            request(
                                    "",
                                    new Message.User("Hello", List.of()),
                                    new Message.Assistant(List.of(call)),
                                    new Message.Results(List.of(ToolResult.denied(call.id(), "No.")))),
                            _ -> {});

            assertEquals(
                    "functions_stop_0",
                    server.requests()
                            .getLast()
                            .json()
                            .at("/messages/2/content/0/tool_use_id")
                            .asString());
        }
    }

    private static ModelRequest request(String system, Message... messages) {
        return new ModelRequest(
                new Model("fake", "fake-1", 200_000, 8_000, Optional.empty()),
                system,
                List.of(new ToolSpec("stop", "Stops.", "{\"type\":\"object\"}")),
                List.of(messages),
                Optional.empty());
    }
}
