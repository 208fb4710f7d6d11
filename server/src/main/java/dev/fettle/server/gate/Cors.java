package dev.fettle.server.gate;

import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.problem.Problem;
import java.util.Optional;
import java.util.Set;

/// Lets pages of the listed origins read answers. There is no wildcard, and no credentials of the browser:
/// keys travel in a header that the page's own script has to set.
public final class Cors implements Handler {
    /// What routes and gates read of a request.
    private static final String TAKEN = "Authorization, Cache-Control, Content-Encoding, Content-Type, Idempotency-Key,"
            + " Last-Event-ID, Prefer, Traceparent, X-API-Key, X-Request-Id";

    /// What answers say beside their body.
    private static final String EXPOSED = "Content-Disposition, Content-Location, Idempotent-Replayed, Location,"
            + " RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id";

    private final Set<String> origins;
    private final Handler next;

    /// Lets these origins in before the next handler.
    ///
    /// @param origins as browsers send them, `https://example.org`
    public Cors(Set<String> origins, Handler next) {
        origins.forEach(Cors::check);
        this.origins = Set.copyOf(origins);
        this.next = next;
    }

    /// Refuses what no browser sends as its page's origin.
    ///
    /// @throws IllegalArgumentException if it is none
    public static void check(String origin) {
        if (!origin.matches("https?://[a-z0-9.:\\[\\]-]+")) {
            throw new IllegalArgumentException(
                    "Not an origin: `%s`; name each one, as https://example.org".formatted(origin));
        }
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        Optional<String> origin = request.head().header("Origin").filter(origins::contains);
        boolean isPreflight = request.head().method().equals("OPTIONS")
                && request.head().has("Origin")
                && request.head().has("Access-Control-Request-Method");
        Answer answer;
        if (!isPreflight) {
            answer = next.answer(request);
        } else if (origin.isPresent()) {
            answer = Answer.empty(204)
                    .with("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
                    .with("Access-Control-Allow-Headers", TAKEN)
                    .with("Access-Control-Max-Age", "600");
        } else {
            answer = Answer.of(
                    new Problem(403, "Pages of this origin may not use this server."),
                    request.head().id());
        }
        Answer varied = origins.isEmpty() ? answer : answer.with("Vary", "Origin");
        return origin.map(each -> varied.with("Access-Control-Allow-Origin", each)
                        .with("Access-Control-Expose-Headers", EXPOSED)
                        .with("Cross-Origin-Resource-Policy", "cross-origin"))
                .orElse(varied);
    }
}
