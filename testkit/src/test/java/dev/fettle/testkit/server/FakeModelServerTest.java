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
    private static final String RESPONSES =
            "{\"model\":\"m\",\"max_output_tokens\":16,\"stream\":true,\"store\":false,\"input\":[%s]}";
    private static final String RESPONSES_USER =
            "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Hi\"}]}";
    private static final String RESPONSES_CALL =
            "{\"type\":\"function_call\",\"call_id\":\"a\",\"name\":\"read\",\"arguments\":\"{}\"}";
    private static final String RESPONSES_RESULT =
            "{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":\"x\"}";
    private static final String GEMINI = "{\"generationConfig\":{\"maxOutputTokens\":9},\"contents\":[%s]}";
    private static final String GEMINI_USER = "{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}";
    private static final String GEMINI_CALL =
            "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"read\",\"args\":{}},\"thoughtSignature\":\"s\"}]}";
    private static final String GEMINI_RESULT =
            "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"read\",\"response\":{}}}]}";
    private static final String GEMINI_PATH = "/v1beta/models/m:streamGenerateContent";
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
            assertEquals(
                    200,
                    post(
                            server,
                            "/v1/responses",
                            RESPONSES.formatted(RESPONSES_USER + "," + RESPONSES_CALL + "," + RESPONSES_RESULT)));
            assertEquals("read", server.requests().getLast().lastToolCalled().orElseThrow());
            assertEquals(
                    200,
                    post(
                            server,
                            GEMINI_PATH + "?alt=sse",
                            GEMINI.formatted(GEMINI_USER + "," + GEMINI_CALL + "," + GEMINI_RESULT)));
            assertEquals("read", server.requests().getLast().lastToolCalled().orElseThrow());
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
                "/v1/responses",
                List.of(
                        RESPONSES.formatted(""),
                        RESPONSES.replace("\"store\":false,", "").formatted(RESPONSES_USER),
                        RESPONSES
                                .replace("\"stream\"", "\"previous_response_id\":\"r\",\"stream\"")
                                .formatted(RESPONSES_USER),
                        RESPONSES
                                .replace("\"stream\"", "\"tools\":[{\"function\":{}}],\"stream\"")
                                .formatted(RESPONSES_USER),
                        RESPONSES
                                .replace("\"stream\"", "\"tool_choice\":{\"name\":\"x\"},\"stream\"")
                                .formatted(RESPONSES_USER),
                        RESPONSES.formatted(RESPONSES_USER.replace("input_text", "output_text")),
                        RESPONSES.formatted(RESPONSES_USER + "," + RESPONSES_CALL),
                        RESPONSES.formatted(RESPONSES_USER + "," + RESPONSES_CALL + "," + RESPONSES_USER),
                        RESPONSES.formatted(RESPONSES_USER + "," + RESPONSES_RESULT),
                        RESPONSES.formatted(RESPONSES_USER + ",{\"type\":\"reasoning\",\"summary\":[]},"
                                + RESPONSES_CALL + "," + RESPONSES_RESULT),
                        RESPONSES.formatted(RESPONSES_USER
                                + ",{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"e\"},"
                                + RESPONSES_USER)),
                GEMINI_PATH,
                List.of(GEMINI.formatted(GEMINI_USER)),
                GEMINI_PATH + "?alt=sse&key=secret",
                List.of(GEMINI.formatted(GEMINI_USER)),
                GEMINI_PATH + "?alt=sse",
                List.of(
                        GEMINI.formatted(""),
                        GEMINI.formatted(GEMINI_CALL),
                        GEMINI.formatted(GEMINI_USER.replace("Hi", "")),
                        GEMINI.formatted(GEMINI_USER.replace("user", "assistant")),
                        GEMINI.formatted(GEMINI_USER + "," + GEMINI_CALL),
                        GEMINI.formatted(GEMINI_USER + "," + GEMINI_CALL + "," + GEMINI_USER),
                        GEMINI.formatted(GEMINI_USER + "," + GEMINI_RESULT),
                        GEMINI.formatted(
                                GEMINI_USER + "," + GEMINI_CALL.replace("thoughtSignature", "x") + "," + GEMINI_RESULT),
                        GEMINI.formatted(GEMINI_USER + "," + GEMINI_CALL + "," + GEMINI_RESULT.replace("read", "x")),
                        GEMINI.replace("\"contents\"", "\"stream\":true,\"contents\"")
                                .formatted(GEMINI_USER),
                        GEMINI.replace(
                                        "\"contents\"",
                                        "\"tools\":[{\"functionDeclarations\":[{\"name\":\"x\"}]}],\"contents\"")
                                .formatted(GEMINI_USER)),
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
