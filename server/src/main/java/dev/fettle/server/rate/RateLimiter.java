package dev.fettle.server.rate;

import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/// Counts requests, one token bucket for each key. Used by many threads at once.
public interface RateLimiter {

    /// Takes one more request of a key, if there is one left.
    Verdict take(String key);

    Rate rate();

    /// Whether one more may pass.
    ///
    /// @param retryAfter how long until there is one again; zero if this one was allowed
    /// @param reset how long until all are there again
    record Verdict(boolean isAllowed, long remaining, Duration retryAfter, Duration reset) {
        static Verdict of(ConsumptionProbe probe) {
            return new Verdict(
                    probe.isConsumed(),
                    probe.getRemainingTokens(),
                    Duration.ofNanos(probe.getNanosToWaitForRefill()),
                    Duration.ofNanos(probe.getNanosToWaitForReset()));
        }
    }
}
