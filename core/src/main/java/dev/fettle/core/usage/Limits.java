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

    /// A part of what is left of them: the same for each of so many.
    public Limits share(Usage usage, Money spent, int parts) {
        return new Limits(
                steps,
                time,
                cost.map(most -> most.less(spent).dividedBy(parts)),
                tokens.isPresent() ? OptionalLong.of(Math.max(0, tokens.getAsLong() - usage.total()) / parts) : tokens);
    }

    /// The same with other steps and no more time than this.
    public Limits within(int most, Duration longest) {
        return new Limits(Math.min(steps, most), time.compareTo(longest) < 0 ? time : longest, cost, tokens);
    }

    /// Whether what was spent leaves nothing for another model call.
    public boolean isSpent(Usage usage, Money spent) {
        return cost.filter(most -> spent.compareTo(most) >= 0).isPresent()
                || (tokens.isPresent() && usage.total() >= tokens.getAsLong());
    }
}
