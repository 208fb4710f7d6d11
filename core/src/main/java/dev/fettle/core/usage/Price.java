package dev.fettle.core.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/// What a model costs, in US dollars per million tokens of each kind.
///
/// @param longPrompt what changes for long prompts; empty if nothing does
public record Price(
        BigDecimal input,
        BigDecimal cacheRead,
        BigDecimal cacheWrite,
        BigDecimal output,
        Optional<LongPrompt> longPrompt) {

    /// A price that is the same for prompts of every length.
    public Price(BigDecimal input, BigDecimal cacheRead, BigDecimal cacheWrite, BigDecimal output) {
        this(input, cacheRead, cacheWrite, output, Optional.empty());
    }

    /// How much more a whole call costs whose prompt, cached parts included, has more tokens than `above`.
    ///
    /// @param inputTimes by what the three prices of input are multiplied
    /// @param outputTimes by what the price of output is multiplied
    public record LongPrompt(long above, BigDecimal inputTimes, BigDecimal outputTimes) {}

    /// The cost of one call. Of several calls together only if none has a long prompt.
    public Money of(Usage usage) {
        Price price = forPrompt(usage.inputTokens() + usage.cacheReadTokens() + usage.cacheWriteTokens());
        BigDecimal perMillion = price.input
                .multiply(BigDecimal.valueOf(usage.inputTokens()))
                .add(price.cacheRead.multiply(BigDecimal.valueOf(usage.cacheReadTokens())))
                .add(price.cacheWrite.multiply(BigDecimal.valueOf(usage.cacheWriteTokens())))
                .add(price.output.multiply(BigDecimal.valueOf(usage.outputTokens())));
        return new Money(perMillion.movePointLeft(6));
    }

    private Price forPrompt(long tokens) {
        return longPrompt
                .filter(longer -> tokens > longer.above())
                .map(longer -> new Price(
                        input.multiply(longer.inputTimes()),
                        cacheRead.multiply(longer.inputTimes()),
                        cacheWrite.multiply(longer.inputTimes()),
                        output.multiply(longer.outputTimes())))
                .orElse(this);
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
        BigDecimal each = forPrompt(inputTokens).output;
        BigDecimal left = amount.usd().subtract(worst(inputTokens, 0).usd());
        if (left.signum() <= 0) {
            return 0;
        }
        return each.signum() == 0
                ? Integer.MAX_VALUE
                : left.movePointRight(6)
                        .divide(each, 0, RoundingMode.DOWN)
                        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                        .longValueExact();
    }
}
