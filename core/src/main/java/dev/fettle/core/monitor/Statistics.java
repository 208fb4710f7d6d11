package dev.fettle.core.monitor;

import dev.fettle.core.usage.Money;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What all runs of a service came to, whatever process carried them out. Quick to ask, however many there were.
@FunctionalInterface
public interface Statistics {

    /// The totals.
    ///
    /// @param user whose; empty for everybody's
    /// @throws dev.fettle.core.session.SessionException of kind `STORAGE` or `AWAY`
    Totals of(Optional<String> user);

    /// Everything since the beginning, runs that were removed since among it.
    ///
    /// @param runs how many, by the word of how they stand or ended
    /// @param calls of models, in runs that have ended; `tokens`, `cost` and `tools` likewise
    /// @param tools how often each was run
    /// @param sessions how many there are now
    record Totals(
            Map<String, Long> runs,
            long calls,
            long tokens,
            Money cost,
            Map<String, Long> tools,
            Durations durations,
            long sessions) {
        public Totals {
            runs = Collections.unmodifiableMap(new TreeMap<>(runs));
            tools = Collections.unmodifiableMap(new TreeMap<>(tools));
        }
    }

    /// How long the runs took that ended last, from when a worker first took them.
    ///
    /// @param count of how many that is
    record Durations(long count, long p50Ms, long p95Ms) {}
}
