package dev.fettle.core.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// What a model costs, in US dollars per million tokens of each kind.
public record Price(BigDecimal input, BigDecimal cacheRead, BigDecimal cacheWrite, BigDecimal output) {

    public Money of(Usage usage) {
        BigDecimal perMillion = input.multiply(BigDecimal.valueOf(usage.inputTokens()))
                .add(cacheRead.multiply(BigDecimal.valueOf(usage.cacheReadTokens())))
                .add(cacheWrite.multiply(BigDecimal.valueOf(usage.cacheWriteTokens())))
                .add(output.multiply(BigDecimal.valueOf(usage.outputTokens())));
        return new Money(perMillion.movePointLeft(6));
    }

    /// The most that a call may cost: its whole input new to the cache, or not cached at all, whichever is dearer.
    public Money worst(long inputTokens, long outputTokens) {
        return of(
                cacheWrite.compareTo(input) > 0
                        ? new Usage(0, 0, inputTokens, outputTokens, 0)
                        : new Usage(inputTokens, 0, 0, outputTokens, 0));
    }

    /// How many tokens of output an amount buys beside an input; zero if it does not even buy the input.
    public long affordableOutput(Money amount, long inputTokens) {
        BigDecimal left = amount.usd().subtract(worst(inputTokens, 0).usd());
        if (left.signum() <= 0) {
            return 0;
        }
        return output.signum() == 0
                ? Integer.MAX_VALUE
                : left.movePointRight(6)
                        .divide(output, 0, RoundingMode.DOWN)
                        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                        .longValueExact();
    }
}
