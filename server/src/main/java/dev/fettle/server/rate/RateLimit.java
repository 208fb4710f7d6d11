package dev.fettle.server.rate;

import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.problem.ProblemException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/// Lets so many requests pass and answers 429 to the others, with `Retry-After`. Every answer says in
/// `RateLimit-*` how much is left; where two limits apply, the inner one is told.
public final class RateLimit implements Handler {
    private final RateLimiter limiter;
    private final Function<Request, Optional<String>> key;
    private final Handler next;

    private RateLimit(RateLimiter limiter, Function<Request, Optional<String>> key, Handler next) {
        this.limiter = limiter;
        this.key = key;
        this.next = next;
    }

    /// Belongs before authentication: who tries keys is slowed down too. Probes are not counted, for a process whose
    /// probes are refused is taken for dead; one that brings a key, which has to be looked up, is counted apart.
    public static RateLimit perAddress(RateLimiter limiter, Handler next) {
        return new RateLimit(limiter, RateLimit::address, next);
    }

    private static Optional<String> address(Request request) {
        String network = network(request.head().client());
        if (!request.destination().isProbe()) {
            return Optional.of(network);
        }
        boolean hasKey = request.head().has("Authorization") || request.head().has("X-API-Key");
        return hasKey ? Optional.of(network + " probing") : Optional.empty();
    }

    /// Belongs behind authentication; those who are not known pass.
    public static RateLimit perUser(RateLimiter limiter, Handler next) {
        return new RateLimit(limiter, request -> request.caller().map(Caller::user), next);
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        Optional<RateLimiter.Verdict> verdict = key.apply(request).map(limiter::take);
        if (verdict.isEmpty()) {
            return next.answer(request);
        }
        if (!verdict.get().isAllowed()) {
            String wait = seconds(verdict.get().retryAfter());
            Problem problem = new Problem(429, "Too many requests; come back in %s s.".formatted(wait));
            throw tell(problem, verdict.get()).with("Retry-After", wait).exception();
        }
        try {
            return tell(next.answer(request), verdict.get());
        } catch (ProblemException e) {
            throw e.problem().headers().containsKey("RateLimit-Limit")
                    ? e
                    : tell(e.problem(), verdict.get()).exception();
        }
    }

    private Answer tell(Answer answer, RateLimiter.Verdict verdict) {
        return answer.header("RateLimit-Limit").isPresent()
                ? answer
                : answer.with("RateLimit-Limit", limit())
                        .with("RateLimit-Remaining", Long.toString(verdict.remaining()))
                        .with("RateLimit-Reset", seconds(verdict.reset()));
    }

    private Problem tell(Problem problem, RateLimiter.Verdict verdict) {
        return problem.with("RateLimit-Limit", limit())
                .with("RateLimit-Remaining", Long.toString(verdict.remaining()))
                .with("RateLimit-Reset", seconds(verdict.reset()));
    }

    private String limit() {
        return Integer.toString(limiter.rate().requests());
    }

    private static String seconds(Duration time) {
        return Long.toString(time.plusNanos(999_999_999).toSeconds());
    }

    /// Whoever has one IPv6 address has all that share its first 64 bits.
    private static String network(String address) {
        return InetAddress.ofLiteral(address) instanceof Inet6Address six
                ? HexFormat.of().formatHex(six.getAddress(), 0, 8)
                : address;
    }
}
