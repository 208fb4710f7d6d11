package dev.fettle.core.model;

import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Price;
import dev.fettle.core.usage.Usage;
import java.util.Optional;
import java.util.Set;

/// A model and what is known of it.
///
/// @param provider the provider's short name, as in `anthropic/claude-sonnet-5-5`
/// @param id the name the provider's API knows it by
/// @param contextWindow tokens of input and output together
/// @param maxOutputTokens the most one answer may have
/// @param price empty when nobody told; then costs are counted as zero and a cost limit is refused
/// @param effort how hard it is to think, in its provider's own words, such as `high`; empty for the default
public record Model(
        String provider,
        String id,
        int contextWindow,
        int maxOutputTokens,
        Optional<Price> price,
        Set<Quirk> quirks,
        Optional<String> effort) {
    public Model {
        quirks = Set.copyOf(quirks);
    }

    /// A model like any other.
    public Model(String provider, String id, int contextWindow, int maxOutputTokens, Optional<Price> price) {
        this(provider, id, contextWindow, maxOutputTokens, price, Set.of(), Optional.empty());
    }

    public Model withEffort(String wanted) {
        return new Model(provider, id, contextWindow, maxOutputTokens, price, quirks, Optional.of(wanted));
    }

    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    /// `provider/id`, the form users write.
    public String name() {
        return provider + "/" + id;
    }

    public Money cost(Usage usage) {
        return price.map(known -> known.of(usage)).orElse(Money.ZERO);
    }

    public Model withMaxOutputTokens(int tokens) {
        return new Model(provider, id, contextWindow, tokens, price, quirks, effort);
    }
}
