package dev.fettle.testkit.server;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Gemini's `streamGenerateContent`. Calls arrive whole; a signature comes with the part it belongs to, or, if
/// reasoning stands last, in an empty part of its own.
record GeminiFormat() implements WireFormat {

    @Override
    public Optional<String> objection(Recorded request) {
        return new GeminiRules(request).objection();
    }

    @Override
    public Optional<String> lastToolCalled(JsonNode request) {
        String last = null;
        for (JsonNode content : request.path("contents")) {
            for (JsonNode part : content.path("parts")) {
                last = part.path("functionCall").path("name").asString(last);
            }
        }
        return Optional.ofNullable(last);
    }

    @Override
    public List<Event> events(ModelResponse response) {
        List<Event> events = new ArrayList<>();
        Optional<JsonNode> signature = Optional.empty();
        for (ContentBlock block : response.message().content()) {
            switch (block) {
                case ContentBlock.Reasoning reasoning -> {
                    for (String piece : WireFormat.pieces(reasoning.text())) {
                        events.add(part(
                                JSON.createObjectNode().put("text", piece).put("thought", true), Optional.empty()));
                    }
                    signature = JSON.readTree(reasoning.verbatim()).optional("thoughtSignature");
                }
                case ContentBlock.Text text -> {
                    List<String> pieces = signature.isPresent() ? List.of(text.text()) : WireFormat.pieces(text.text());
                    for (String piece : pieces) {
                        events.add(part(JSON.createObjectNode().put("text", piece), signature));
                        signature = Optional.empty();
                    }
                }
                case ToolCall call -> {
                    ObjectNode part = JSON.createObjectNode();
                    part.putObject("functionCall")
                            .put("id", call.id())
                            .put("name", call.name())
                            .set("args", arguments(call));
                    events.add(part(part, signature));
                    signature = Optional.empty();
                }
            }
        }
        if (signature.isPresent()) {
            events.add(part(JSON.createObjectNode().put("text", ""), signature));
        }
        events.add(end(response));
        return events;
    }

    @Override
    public Event errorEvent(String type, String message) {
        int status = switch (type) {
            case "rate_limit_error" -> 429;
            case "authentication_error" -> 401;
            case "invalid_request_error" -> 400;
            default -> 503;
        };
        return new Event("", errorBody(status, type, "", message));
    }

    @Override
    public String errorBody(int status, String type, String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        String word = switch (status) {
            case 400 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503 -> "UNAVAILABLE";
            default -> "INTERNAL";
        };
        body.putObject("error").put("code", status).put("message", message).put("status", word);
        return body.toString();
    }

    /// This API knows arguments only as an object.
    private static JsonNode arguments(ToolCall call) {
        try {
            JsonNode arguments = JSON.readTree(call.arguments());
            if (arguments.isObject()) {
                return arguments;
            }
        } catch (JacksonException e) {
            // As below.
        }
        return JSON.createObjectNode().put("text", call.arguments());
    }

    private static Event part(ObjectNode part, Optional<JsonNode> signature) {
        signature.ifPresent(value -> part.set("thoughtSignature", value));
        ObjectNode chunk = JSON.createObjectNode();
        parts(chunk).add(part);
        return new Event("", chunk.toString());
    }

    private static ArrayNode parts(ObjectNode chunk) {
        return chunk.putArray("candidates")
                .addObject()
                .putObject("content")
                .put("role", "model")
                .putArray("parts");
    }

    private static Event end(ModelResponse response) {
        ObjectNode chunk = JSON.createObjectNode();
        chunk.putArray("candidates").addObject().put("finishReason", finishReason(response.stopReason()));
        Usage usage = response.usage();
        chunk.putObject("usageMetadata")
                .put("promptTokenCount", usage.inputTokens() + usage.cacheReadTokens())
                .put("cachedContentTokenCount", usage.cacheReadTokens())
                .put("candidatesTokenCount", usage.outputTokens() - usage.reasoningTokens())
                .put("thoughtsTokenCount", usage.reasoningTokens());
        return new Event("", chunk.toString());
    }

    private static String finishReason(StopReason reason) {
        return switch (reason) {
            case END, TOOL_CALLS -> "STOP";
            case MAX_TOKENS -> "MAX_TOKENS";
            case REFUSAL -> "SAFETY";
        };
    }
}
