package dev.fettle.core.usage;

/// Money and the tokens it bought, or is to buy.
///
/// @param cost zero where no price is known
public record Amount(Money cost, long tokens) {
    public static final Amount ZERO = new Amount(Money.ZERO, 0);

    public Amount plus(Amount other) {
        return new Amount(cost.plus(other.cost), tokens + other.tokens);
    }
}
