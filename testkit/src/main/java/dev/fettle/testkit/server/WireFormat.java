package dev.fettle.testkit.server;

import dev.fettle.core.model.ModelResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One API's dialect, from the server's side.
sealed interface WireFormat permits AnthropicFormat, OpenAiFormat, ResponsesFormat, GeminiFormat {
    JsonMapper JSON = new JsonMapper();

    /// One event of a stream, ready to be written.
    ///
    /// @param name left out if empty
    record Event(String name, String data) {
        String text() {
            return (name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
        }
    }

    static Optional<WireFormat> of(String path) {
        return switch (path) {
            case "/v1/messages" -> Optional.of(new AnthropicFormat());
            case "/v1/chat/completions" -> Optional.of(new OpenAiFormat());
            case "/v1/responses" -> Optional.of(new ResponsesFormat());
            default ->
                path.matches("/v1beta/models/[^/:]+:streamGenerateContent")
                        ? Optional.of(new GeminiFormat())
                        : Optional.empty();
        };
    }

    /// What the real API would refuse in a request; empty if nothing.
    ///
    /// @throws tools.jackson.core.JacksonException if its body is not JSON
    Optional<String> objection(Recorded request);

    Optional<String> lastToolCalled(JsonNode request);

    /// The whole stream of an answer.
    List<Event> events(ModelResponse response);

    /// An error in the middle of a stream.
    Event errorEvent(String type, String message);

    /// The body of an HTTP error.
    ///
    /// @param status the HTTP status it comes with, which some dialects repeat
    default String errorBody(int status, String type, String code, String message) {
        ObjectNode error = JSON.createObjectNode().put("type", type).put("message", message);
        if (!code.isEmpty()) {
            error.put("code", code);
        }
        ObjectNode body = JSON.createObjectNode().put("type", "error");
        body.set("error", error);
        return body.toString();
    }

    /// A text in at least two pieces where it is long enough, cut anywhere, as models' tokens are.
    static List<String> pieces(String text) {
        int size = Math.max(3, text.length() / 8);
        List<String> pieces = new ArrayList<>();
        int begin = 0;
        while (begin < text.length()) {
            int end = Math.min(begin + size, text.length());
            if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
                end++;
            }
            pieces.add(text.substring(begin, end));
            begin = end;
        }
        return pieces;
    }
}
