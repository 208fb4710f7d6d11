package dev.fettle.server.gate;

import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.Request;
import java.util.Map;

/// Tells browsers to trust an answer with as little as possible. An answer that needs more, as a page its
/// scripts, sets the header itself. `Strict-Transport-Security` is for whoever ends TLS to say.
public final class SecurityHeaders implements Handler {
    private static final Map<String, String> DEFAULTS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Content-Security-Policy",
                    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cache-Control", "no-store");

    private final Handler next;

    public SecurityHeaders(Handler next) {
        this.next = next;
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        return on(next.answer(request));
    }

    /// For answers that come from no handler.
    public static Answer on(Answer answer) {
        return answer.withDefaults(DEFAULTS);
    }
}
