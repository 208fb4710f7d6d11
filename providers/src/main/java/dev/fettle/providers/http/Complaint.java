package dev.fettle.providers.http;

import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.providers.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a provider says is wrong, in the shapes in use: `{"error": {"type", "code", "message"}}` of Anthropic
/// and OpenAI, `{"error": "…"}` of Ollama, `{"message"}` and `{"detail"}` of others, or no JSON at all.
///
/// @param code a word or an HTTP status; empty if not told
record Complaint(String type, String code, String message) {
    private static final Set<String> UNPAID = Set.of("insufficient_quota", "billing_error", "insufficient_balance");
    private static final List<String> TOO_LONG = List.of(
            "prompt is too long",
            "input is too long",
            "exceed context limit",
            "context_length_exceeded",
            "maximum context length",
            "exceeds the context",
            "exceed_context_size",
            "context window");

    static Complaint of(String body) {
        try {
            return of(Json.parse(body), body);
        } catch (JacksonException e) {
            return new Complaint("", "", body);
        }
    }

    static Complaint of(JsonNode said) {
        return of(said, said.toString());
    }

    private static Complaint of(JsonNode said, String whole) {
        JsonNode error = said.path("error");
        JsonNode fields = error.isObject() ? error : said;
        for (JsonNode message : List.of(fields.path("message"), error, fields.path("detail"))) {
            if (message.isString()) {
                return new Complaint(
                        fields.path("type").asString(""), fields.path("code").asString(""), message.asString());
            }
        }
        return new Complaint(
                fields.path("type").asString(""), fields.path("code").asString(""), whole);
    }

    /// The kind of failure when this came with an HTTP status.
    Kind kind(int status) {
        if (isUnpaid(status)) {
            return Kind.AUTH;
        }
        return switch (status) {
            case 401, 403 -> Kind.AUTH;
            case 408 -> Kind.NETWORK;
            case 413 -> Kind.CONTEXT_TOO_LONG;
            case 429 -> Kind.RATE_LIMITED;
            default -> {
                if (status >= 500) {
                    yield Kind.OVERLOADED;
                }
                yield isTooLong() ? Kind.CONTEXT_TOO_LONG : Kind.INVALID_REQUEST;
            }
        };
    }

    /// The kind of failure when this came inside a stream. What is not known there is taken for a passing
    /// fault of the server, which had accepted the request.
    Kind kindInStream() {
        if (code.length() == 3 && Character.isDigit(code.charAt(0))) {
            return kind(Integer.parseInt(code));
        }
        return switch (type) {
            case "authentication_error", "permission_error" -> Kind.AUTH;
            case "rate_limit_error", "rate_limit_exceeded" -> Kind.RATE_LIMITED;
            case "request_too_large" -> Kind.CONTEXT_TOO_LONG;
            case "invalid_request_error", "not_found_error" ->
                isTooLong() ? Kind.CONTEXT_TOO_LONG : Kind.INVALID_REQUEST;
            default -> {
                if (isUnpaid(0)) {
                    yield Kind.AUTH;
                }
                yield isTooLong() ? Kind.CONTEXT_TOO_LONG : Kind.OVERLOADED;
            }
        };
    }

    /// Whether money is missing rather than patience: waiting and trying again does not help.
    boolean isUnpaid(int status) {
        return status == 402 || UNPAID.contains(type) || UNPAID.contains(code);
    }

    private boolean isTooLong() {
        String text = (code + " " + type + " " + message).toLowerCase(Locale.ROOT);
        return TOO_LONG.stream().anyMatch(text::contains);
    }
}
