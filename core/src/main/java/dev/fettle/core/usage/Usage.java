package dev.fettle.core.usage;

/// Tokens of one or more model calls. The four kinds are disjoint and add up to the total.
///
/// @param inputTokens sent and processed in full
/// @param cacheReadTokens sent and found in the provider's prompt cache
/// @param cacheWriteTokens sent and written to the provider's prompt cache
/// @param outputTokens produced, reasoning included
/// @param reasoningTokens the part of `outputTokens` spent on reasoning, zero when the provider does not tell
public record Usage(
        long inputTokens, long cacheReadTokens, long cacheWriteTokens, long outputTokens, long reasoningTokens) {
    public static final Usage ZERO = new Usage(0, 0, 0, 0, 0);

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                cacheReadTokens + other.cacheReadTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                outputTokens + other.outputTokens,
                reasoningTokens + other.reasoningTokens);
    }

    /// All tokens the provider counted, `reasoningTokens` being part of the output already.
    public long total() {
        return inputTokens + cacheReadTokens + cacheWriteTokens + outputTokens;
    }
}
