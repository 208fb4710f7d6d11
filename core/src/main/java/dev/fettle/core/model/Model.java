package dev.fettle.core.model;

import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Price;
import dev.fettle.core.usage.Usage;
import java.util.Optional;

/// A model and what is known of it.
///
/// @param provider the provider's short name, as in `anthropic/claude-sonnet-5-5`
/// @param id the name the provider's API knows it by
/// @param contextWindow tokens of input and output together
/// @param maxOutputTokens the most one answer may have
/// @param price empty when nobody told; then costs are counted as zero and a cost limit is refused
public record Model(String provider, String id, int contextWindow, int maxOutputTokens, Optional<Price> price) {

    /// `provider/id`, the form users write.
    public String name() {
        return provider + "/" + id;
    }

    public Money cost(Usage usage) {
        return price.map(known -> known.of(usage)).orElse(Money.ZERO);
    }

    public Model withMaxOutputTokens(int tokens) {
        return new Model(provider, id, contextWindow, tokens, price);
    }
}
