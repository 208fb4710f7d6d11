package dev.fettle.testkit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.StopReason;
import dev.fettle.testkit.Answers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A stand-in that accepts everything proves nothing: each kind of mistake is refused here.
final class FakeModelServerTest {
    private static final String ANTHROPIC = "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"messages\":[%s]}";
    private static final String OPENAI = "{\"model\":\"m\",\"stream\":true,\"messages\":[%s]}";
    private static final String USER = "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}";
    private static final String CALL =
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"read\",\"input\":{}}]}";
    private static final String RESULT =
            "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[]}]}";
    private static final String OPENAI_CALL =
            "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"read\",\"arguments\":\"{}\"}}]}";

    @Test
    void acceptsWhatIsLegal() throws Exception {
        try (FakeModelServer server = FakeModelServer.deciding(_ -> new Step.Answer(Answers.text("Yes.")))) {
            assertEquals(200, post(server, "/v1/messages", ANTHROPIC.formatted(USER + "," + CALL + "," + RESULT)));
            assertEquals("read", server.requests().getFirst().lastToolCalled().orElseThrow());
            assertTrue(server.requests().getFirst().answeredNanos()
                    >= server.requests().getFirst().arrivedNanos());
        }
    }

    @Test
    void refusesWhatTheApisRefuse() throws Exception {
        Map<String, List<String>> mistakes = Map.of(
                "/v1/messages",
                List.of(
                        "not json",
                        ANTHROPIC.formatted(""),
                        ANTHROPIC.replace("\"max_tokens\":9,", "").formatted(USER),
                        ANTHROPIC.formatted(CALL),
                        ANTHROPIC.formatted(USER + "," + CALL),
                        ANTHROPIC.formatted(USER + "," + CALL + "," + USER),
                        ANTHROPIC.formatted(USER + "," + RESULT),
                        ANTHROPIC.formatted(USER + "," + CALL.replace("\"a\"", "\"a:0\"") + "," + RESULT),
                        ANTHROPIC.formatted(USER + "," + CALL.replace("{}", "\"\"") + "," + RESULT),
                        ANTHROPIC.formatted(USER.replace("Hi", " ")),
                        ANTHROPIC
                                .replace("\"stream\"", "\"tools\":[{\"name\":\"x\"}],\"stream\"")
                                .formatted(USER)),
                "/v1/chat/completions",
                List.of(
                        OPENAI.formatted(""),
                        OPENAI.formatted(USER + "," + OPENAI_CALL),
                        OPENAI.formatted(USER + "," + OPENAI_CALL + "," + USER),
                        OPENAI.formatted(USER + ",{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"x\"}"),
                        OPENAI.formatted(USER + "," + OPENAI_CALL.replace("\"{}\"", "\"{\"")
                                + ",{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"x\"}"),
                        OPENAI.formatted(USER + ",{\"role\":\"assistant\",\"content\":null}," + USER)),
                "/v2/other",
                List.of(OPENAI.formatted(USER)));
        try (FakeModelServer server = FakeModelServer.deciding(_ -> new Step.Answer(Answers.text("Yes.")))) {
            for (var entry : mistakes.entrySet()) {
                for (String body : entry.getValue()) {
                    int status = post(server, entry.getKey(), body);
                    assertTrue(status == 400 || status == 404, status + " for " + body);
                }
            }
        }
    }

    @Test
    void refusesChangedReasoning() throws Exception {
        String thinking = "{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"sig\"}";
        try (FakeModelServer server = FakeModelServer.deciding(_ -> new Step.Answer(Answers.of(
                StopReason.TOOL_CALLS,
                new ContentBlock.Reasoning("Hm", "anthropic", thinking),
                new ToolCall("a", "read", "{}"))))) {
            assertEquals(200, post(server, "/v1/messages", ANTHROPIC.formatted(USER)));
            String back = CALL.replace("[{", "[" + thinking + ",{");
            assertEquals(200, post(server, "/v1/messages", ANTHROPIC.formatted(USER + "," + back + "," + RESULT)));
            assertEquals(
                    400,
                    post(
                            server,
                            "/v1/messages",
                            ANTHROPIC.formatted(USER + "," + back.replace("Hm", "Ho") + "," + RESULT)));
            assertEquals(400, post(server, "/v1/messages", ANTHROPIC.formatted(USER + "," + CALL + "," + RESULT)));
        }
    }

    @Test
    void aLeanServerKeepsNoBodies() throws Exception {
        try (FakeModelServer server =
                FakeModelServer.answering(Answers.text("Yes.")).lean()) {
            assertEquals(200, post(server, "/v1/messages", ANTHROPIC.formatted(CALL)));
            assertEquals(529, post(server, "/v1/messages", ANTHROPIC.formatted(CALL)));
            assertEquals("", server.requests().getFirst().text());
        }
    }

    private static int post(FakeModelServer server, String path, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://" + server.hostAndPort() + path))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
