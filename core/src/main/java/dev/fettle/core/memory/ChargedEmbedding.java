package dev.fettle.core.memory;

import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.TokenEstimate;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Enters each call in the book, as other model calls are, and makes none that a budget does not cover. It
/// belongs to no session, since what was read serves all of them.
///
/// @param budgets those of sessions do not count
/// @param allowsUnpriced whether to call a model of unknown price though there is a budget in dollars
public record ChargedEmbedding(Embedding inner, Ledger ledger, List<Budget> budgets, boolean allowsUnpriced)
        implements Embedding {
    private static final Duration AT_MOST = Duration.ofMinutes(1);

    public ChargedEmbedding {
        budgets = budgets.stream()
                .filter(budget -> budget.scope() != Budget.Scope.SESSION)
                .toList();
    }

    @Override
    public Model model() {
        return inner.model();
    }

    /// Reads texts, if there is money for it.
    ///
    /// @throws dev.fettle.core.usage.LedgerException if the book cannot be used
    @Override
    public Reading read(String user, List<String> texts) throws InterruptedException {
        Ledger.Admission.Reserved reserved = reserve(user, texts);
        try {
            Reading reading = inner.read(user, texts);
            settle(reserved, reading.usage());
            return reading;
        } catch (ModelException | InterruptedException e) {
            ledger.release(reserved);
            throw e;
        }
    }

    private Ledger.Admission.Reserved reserve(String user, List<String> texts) {
        if (model().price().isEmpty()
                && !allowsUnpriced
                && budgets.stream().anyMatch(Budget.Dollars.class::isInstance)) {
            throw refused("No price is known for %s, so a budget in dollars cannot be kept; see AGENT_ALLOW_UNPRICED"
                    .formatted(model().name()));
        }
        long tokens = texts.stream().mapToLong(TokenEstimate::of).sum();
        Usage worst = new Usage(tokens, 0, 0, 0, 0);
        return switch (ledger.reserve(
                new Ledger.Purchase(user, "", new Amount(model().cost(worst), tokens), AT_MOST), budgets)) {
            case Ledger.Admission.Reserved reserved -> reserved;
            case Ledger.Admission.Refused refused ->
                throw refused("The budget of a %s does not cover it"
                        .formatted(refused.budget().scope().name().toLowerCase(Locale.ROOT)));
        };
    }

    private static ModelException refused(String why) {
        return new ModelException(ModelException.Kind.INVALID_REQUEST, why);
    }

    private void settle(Ledger.Admission.Reserved reserved, Usage usage) {
        ledger.settle(
                reserved,
                new Ledger.Charge(model().name(), usage, model().price().map(price -> price.of(usage))));
    }
}
