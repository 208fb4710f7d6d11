package dev.fettle.core.usage;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How far one turn may go. Each limit ends the turn cleanly, with the work so far kept.
///
/// @param steps model calls
/// @param time wall-clock time from the first model call
/// @param tokens tokens of all kinds
public record Limits(int steps, Duration time, Optional<Money> cost, OptionalLong tokens) {
    public static final Limits DEFAULT = new Limits(100, Duration.ofHours(1), Optional.empty(), OptionalLong.empty());

    public Limits {
        if (steps < 1) {
            throw new IllegalArgumentException("A turn needs at least one step, not " + steps);
        }
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A turn needs some time, not " + time);
        }
    }

    /// Whether what was spent leaves nothing for another model call.
    public boolean isSpent(Usage usage, Money spent) {
        return cost.filter(most -> spent.compareTo(most) >= 0).isPresent()
                || (tokens.isPresent() && usage.total() >= tokens.getAsLong());
    }
}
