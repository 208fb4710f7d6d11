package dev.fettle.testkit.server;

import dev.fettle.core.model.ModelResponse;
import java.time.Duration;
import java.util.Map;

/// A way for a model API to fail. Answers that are odd but well-formed (the same call id twice, a tool nobody
/// has) are a [Step.Answer].
public sealed interface Fault extends Step {

    /// An HTTP error with the dialects' common error body.
    ///
    /// @param code what OpenAI tells besides the type; may be empty
    record Refusal(int status, String type, String code, String message, Map<String, String> headers) implements Fault {
        public Refusal {
            headers = Map.copyOf(headers);
        }
    }

    /// Says nothing for a while, before its answer or in the middle of it, and then goes on. Ends early when
    /// the server is closed.
    record Silence(Duration time, boolean midStream, ModelResponse then) implements Fault {}

    /// Streams the first half of an answer's events and closes the connection, or ends the body properly.
    record Cut(ModelResponse begun, boolean politely) implements Fault {}

    /// An event stream of something that is not JSON.
    record Garbage() implements Fault {}

    /// A page where an event stream should be, as a wrong base URL gives it.
    record WebPage() implements Fault {}

    /// Half an answer, and then an error as an event.
    record ErrorEvent(ModelResponse begun, String type, String message) implements Fault {}

    static Fault unauthorized() {
        return refusal(401, "authentication_error", "", "invalid x-api-key");
    }

    static Fault forbidden() {
        return refusal(403, "permission_error", "", "Your key does not have permission to use this model");
    }

    /// Too many requests.
    ///
    /// @param retryAfter the header's value: seconds or an HTTP date
    static Fault rateLimited(String retryAfter) {
        return new Refusal(
                429,
                "rate_limit_error",
                "",
                "Number of requests has exceeded your limit",
                Map.of("Retry-After", retryAfter));
    }

    static Fault serverError() {
        return refusal(500, "api_error", "", "Internal server error");
    }

    static Fault overloaded() {
        return refusal(529, "overloaded_error", "", "Overloaded");
    }

    static Fault contextTooLong() {
        return refusal(
                400,
                "invalid_request_error",
                "context_length_exceeded",
                "prompt is too long: 205000 tokens > 200000 maximum");
    }

    static Fault invalidRequest() {
        return refusal(400, "invalid_request_error", "", "messages: field required");
    }

    static Fault noSuchModel() {
        return refusal(404, "not_found_error", "model_not_found", "The model does not exist");
    }

    static Fault refusal(int status, String type, String code, String message) {
        return new Refusal(status, type, code, message, Map.of());
    }
}
