package dev.fettle.providers.http;

import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.providers.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a provider says is wrong, in the shapes in use: `{"error": {"type", "code", "message"}}` of Anthropic
/// and OpenAI, `{"error": {"status", "code", "message", "details"}}` of Google, `{"error": "…"}` of Ollama,
/// `{"message"}` and `{"detail"}` of others, or no JSON at all.
///
/// @param code a word or an HTTP status; empty if not told
/// @param retryAfter how long the provider wants to be left alone, if it says so here
record Complaint(String type, String code, String message, Optional<Duration> retryAfter) {
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,6})(?:\\.\\d+)?s");
    private static final Set<String> UNPAID = Set.of("insufficient_quota", "billing_error", "insufficient_balance");
    private static final List<String> TOO_LONG = List.of(
            "prompt is too long",
            "input is too long",
            "exceed context limit",
            "context_length_exceeded",
            "maximum context length",
            "exceeds the context",
            "exceed_context_size",
            "exceeds the maximum number of tokens",
            "context window");

    static Complaint of(String body) {
        try {
            return of(Json.parse(body), body);
        } catch (JacksonException e) {
            return new Complaint("", "", body, Optional.empty());
        }
    }

    static Complaint of(JsonNode said) {
        return of(said, said.toString());
    }

    private static Complaint of(JsonNode said, String whole) {
        JsonNode error = (said.isArray() ? said.path(0) : said).path("error");
        JsonNode fields = error.isObject() ? error : said;
        String type = fields.path("type").asString(fields.path("status").asString(""));
        String code = fields.path("code").asString("");
        for (JsonNode message : List.of(fields.path("message"), error, fields.path("detail"))) {
            if (message.isString()) {
                return new Complaint(type, code, message.asString(), retryDelay(fields.path("details")));
            }
        }
        return new Complaint(type, code, whole, Optional.empty());
    }

    /// Google's `google.rpc.RetryInfo`: seconds, as in `34.07s`, here rounded up.
    private static Optional<Duration> retryDelay(JsonNode details) {
        for (JsonNode detail : details) {
            Matcher delay = SECONDS.matcher(detail.path("retryDelay").asString(""));
            if (delay.matches()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(delay.group(1)) + 1));
            }
        }
        return Optional.empty();
    }

    /// The kind of failure when this came with an HTTP status.
    Kind kind(int status) {
        if (isUnpaid(status)) {
            return Kind.AUTH;
        }
        if (status == 400 && message.startsWith("API key")) {
            return Kind.AUTH; // Google's "API key not valid" and "API key expired".
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
        boolean isCoded = type.isEmpty() || type.equals("error");
        return switch (isCoded ? code : type) {
            case "authentication_error", "permission_error", "invalid_api_key" -> Kind.AUTH;
            case "rate_limit_error", "rate_limit_exceeded" -> Kind.RATE_LIMITED;
            case "request_too_large" -> Kind.CONTEXT_TOO_LONG;
            case "invalid_request_error", "not_found_error", "invalid_prompt" ->
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
