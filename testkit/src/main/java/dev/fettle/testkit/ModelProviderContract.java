package dev.fettle.testkit;

import static dev.fettle.core.message.ToolResult.Kind.OK;
import static dev.fettle.testkit.Answers.call;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.OutputSchema;
import dev.fettle.core.model.Quirk;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.model.ToolChoice;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.usage.Usage;
import dev.fettle.testkit.server.FakeModelServer;
import dev.fettle.testkit.server.Recorded;
import dev.fettle.testkit.server.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What every client of a model API keeps to, shown over real HTTP against a [FakeModelServer].
public abstract class ModelProviderContract extends ModelFailureContract {
    private static final Image IMAGE = new Image("image/png", "iVBORw0KGgo=");

    /// Calls that this dialect can carry and nobody can run: with one id for two, of a tool nobody has, and, where
    /// arguments are text, with broken ones.
    protected List<ToolCall> oddCalls() {
        return List.of(
                new ToolCall("call_1", "read", "{\"path\": \"unfini"), new ToolCall("call_1", "no_such_tool", "{}"));
    }

    /// Counts that this dialect can tell, each unlike the others.
    protected Usage usage() {
        return new Usage(120, 3_000, 450, 77, 33);
    }

    /// Where a request has what it says of the model's behaviour.
    protected JsonNode configuration(JsonNode request) {
        return request;
    }

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
        ModelResponse answer = Answers.calls(oddCalls().toArray(ToolCall[]::new));
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
        ModelResponse answer = new ModelResponse(Answers.text("Counted.").message(), StopReason.END, usage());
        try (FakeModelServer server = FakeModelServer.answering(answer)) {
            assertEquals(usage(), ask(server, user("Count")).usage());
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
                        .map(call -> new ToolResult(call.id(), OK, "Line\nof \"output\" ✓", List.of(IMAGE)))
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
                    new Message.Results(List.of(new ToolResult(call.id(), OK, "Read.", List.of(seen)))));

            String sent = server.requests().getLast().text();
            assertTrue(sent.contains(IMAGE.base64()) && sent.contains(seen.base64()), sent);
        }
    }

    @Test
    void aModelThatSeesNoImagesIsToldOfThemInWords() throws Exception {
        ToolCall call = call("read", "{\"path\":\"shot.png\"}");
        Set<Quirk> quirks = new HashSet<>(model().quirks());
        quirks.add(Quirk.NO_IMAGES);
        Model blind = new Model("fake", "fake-1", 1_000, 100, Optional.empty(), quirks, Optional.empty());
        try (FakeModelServer server = FakeModelServer.answering(Answers.text("What fox?"))) {
            List<Message> messages = List.of(
                    new Message.User("", List.of(IMAGE)),
                    new Message.Assistant(List.of(call)),
                    new Message.Results(List.of(new ToolResult(call.id(), OK, "Read.", List.of(IMAGE)))));
            provider(server).complete(new ModelRequest(blind, "", List.of(), messages, Optional.empty()), _ -> {});

            String sent = server.requests().getLast().text();
            assertFalse(sent.contains(IMAGE.base64()), sent);
            assertEquals(3, sent.split("image/png was left out: fake/fake-1 does not see images", -1).length, sent);
        }
    }

    @Test
    void saysWhichToolsToCallAndWhatToAnswer() throws Exception {
        Set<String> sent = new HashSet<>();
        List<ToolChoice> choices = List.of(
                ToolChoice.AUTO, new ToolChoice.None(), new ToolChoice.Required(), new ToolChoice.Named("read"));
        OutputSchema output = new OutputSchema("verdict", "{\"type\":\"object\",\"title\":\"v4711\"}");
        try (FakeModelServer server = FakeModelServer.deciding(_ -> new Step.Answer(Answers.text("{}")))) {
            for (ToolChoice choice : choices) {
                ModelRequest plain = request(user("Hi"));
                provider(server).complete(with(plain, plain.tools(), choice, Optional.empty()), _ -> {});
                sent.add(server.requests().getLast().text());
            }
            assertEquals(choices.size(), sent.size());

            provider(server)
                    .complete(with(request(user("Hi")), List.of(), ToolChoice.AUTO, Optional.of(output)), _ -> {});
            assertTrue(server.requests().getLast().text().contains(output.schema()));
        }
    }

    private static ModelRequest with(
            ModelRequest request, List<ToolSpec> tools, ToolChoice choice, Optional<OutputSchema> output) {
        return new ModelRequest(request.model(), "", tools, request.messages(), request.temperature(), choice, output);
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

            assertFalse(configuration(server.requests().getFirst().json()).has("temperature"));
            assertEquals(
                    0.5,
                    configuration(server.requests().getLast().json())
                            .path("temperature")
                            .asDouble());
        }
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
