package dev.fettle.providers.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
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

final class OpenAiChatTest extends ModelProviderContract {
    private static final ContentBlock.Reasoning DETAILS = new ContentBlock.Reasoning(
            "",
            "openai-chat/fake",
            "{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"c2VjcmV0\",\"id\":\"rs_1\",\"index\":0}]}");

    private static final Model MODEL = new Model(
            "fake",
            "fake-1",
            200_000,
            8_000,
            Optional.empty(),
            Set.of(Quirk.MAX_COMPLETION_TOKENS, Quirk.NO_TEMPERATURE),
            Optional.of("low"));

    private final List<Wire> wires = new ArrayList<>();

    @Override
    protected ModelProvider provider(URI base, Duration idle) {
        return provider(base, Optional.of(KEY), idle);
    }

    private ModelProvider provider(URI base, Optional<String> key, Duration idle) {
        Wire wire = new Wire(new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(10), idle), new SettableClock());
        wires.add(wire);
        return new OpenAiChat(new Endpoint(base, key, "set FAKE_API_KEY"), wire);
    }

    @Override
    protected URI base(FakeModelServer server) {
        return server.openAiBase();
    }

    @Override
    protected ContentBlock.Reasoning reasoning() {
        return new ContentBlock.Reasoning(
                "First \"look\", then speak.",
                "openai-chat/fake",
                "{\"reasoning_content\":\"First \\\"look\\\", then speak.\"}");
    }

    @AfterEach
    void close() {
        wires.forEach(Wire::close);
    }

    @Test
    void identifiesItselfAndWritesTheBodyInAFixedOrder() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("Hi."), Answers.text("Hi."))) {
            provider(server.openAiBase(), Duration.ofMinutes(1)).complete(request(user("Hello")), _ -> {});
            provider(server.openAiBase(), Optional.empty(), Duration.ofMinutes(1))
                    .complete(request(MODEL, user("Hello")), _ -> {});

            Recorded keyed = server.requests().getFirst();
            Recorded keyless = server.requests().getLast();
            assertEquals(Optional.of("Bearer " + KEY), keyed.header("authorization"));
            assertEquals(Optional.empty(), keyless.header("authorization"));
            assertEquals("""
                    {"model":"fake-1","max_tokens":8000,"stream":true,"stream_options":{"include_usage":true},\
                    "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}]}""", keyed.text());
            assertEquals(8000, keyless.json().path("max_completion_tokens").asInt());
            assertEquals("low", keyless.json().path("reasoning_effort").asString());
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
                    "tool_choice":{"type":"function","function":{"name":"stop"}}"""), named);
            String shaped = server.requests().getLast().text();
            assertTrue(shaped.contains("""
                    "response_format":{"type":"json_schema","json_schema":{"name":"verdict","strict":false,"schema":{"type":"object"}}}"""), shaped);
        }
    }

    @Test
    void bringsReasoningDetailsBack() throws Exception {
        ToolCall call = Answers.call("read", "{}");
        try (FakeModelServer server =
                FakeModelServer.answering(Answers.of(StopReason.TOOL_CALLS, DETAILS, call), Answers.text("Done."))) {
            ModelProvider provider = provider(server.openAiBase(), Duration.ofMinutes(1));
            Message.Assistant answer =
                    provider.complete(request(user("Hello")), _ -> {}).message();
            assertEquals(List.of(DETAILS, call), answer.content());

            provider.complete(
                    request(user("Hello"), answer, new Message.Results(List.of(ToolResult.ok(call.id(), "ok")))),
                    _ -> {});

            assertTrue(server.requests()
                    .getLast()
                    .text()
                    .contains(DETAILS.verbatim().substring(1, DETAILS.verbatim().length() - 1)));
        }
    }

    @Test
    void imagesOfToolsFollowInAMessageOfTheirOwnAndTheTextSaysSo() throws Exception {
        ToolCall first = new ToolCall("call_a", "read", "{}");
        ToolCall second = new ToolCall("call_b", "read", "{}");
        Image image = new Image("image/png", "iVBORw0KGgo=");
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("Seen."))) {
            provider(server.openAiBase(), Duration.ofMinutes(1))
                    .complete(
                            request(
                                    user("Look"),
                                    new Message.Assistant(List.of(first, second)),
                                    new Message.Results(List.of(
                                            new ToolResult("call_a", ToolResult.Kind.OK, "One.", List.of(image)),
                                            new ToolResult(
                                                    "call_b", ToolResult.Kind.OK, "Two.", List.of(image, image))))),
                            _ -> {});

            var messages = server.requests().getLast().json().path("messages");
            assertEquals(
                    "One.\n[See image 1 in the next message.]",
                    messages.at("/3/content").asString());
            assertEquals(
                    "Two.\n[See image 2 to 3 in the next message.]",
                    messages.at("/4/content").asString());
            assertEquals(
                    "Images of the tool results above:\nimage 1: from call call_a\nimage 2 to 3: from call call_b",
                    messages.at("/5/content/0/text").asString());
            assertEquals(4, messages.at("/5/content").size());
        }
    }

    private static Message.User user(String text) {
        return new Message.User(text, List.of());
    }

    private static ModelRequest request(Message... messages) {
        return request(new Model("fake", "fake-1", 200_000, 8_000, Optional.empty()), messages);
    }

    private static ModelRequest request(Model model, Message... messages) {
        return new ModelRequest(model, "Be brief.", List.of(), List.of(messages), Optional.empty());
    }
}
