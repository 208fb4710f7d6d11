package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.cli.host.CommandException;
import dev.fettle.core.agent.Purse;
import dev.fettle.core.memory.ChargedEmbedding;
import dev.fettle.core.memory.Embedding;
import dev.fettle.core.model.Model;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.usage.Money;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What the settings say about how much may be spent.
final class CostSettings {
    private CostSettings() {}

    /// What model calls are paid from.
    ///
    /// @param user who is charged
    /// @param fallbacks models that may answer in place of the chosen one
    static Purse purse(Configuration configuration, Ledger ledger, String user, List<Model> fallbacks) {
        return new Purse(
                ledger, user, budgets(configuration), configuration.get(Settings.AGENT_ALLOW_UNPRICED), fallbacks);
    }

    /// The same for reading what texts mean.
    static Embedding charged(Configuration configuration, Ledger ledger, Embedding embedding) {
        return new ChargedEmbedding(
                embedding, ledger, budgets(configuration), configuration.get(Settings.AGENT_ALLOW_UNPRICED));
    }

    private static List<Budget> budgets(Configuration configuration) {
        return Arrays.stream(Budget.Scope.values())
                .flatMap(scope -> budgets(configuration, scope))
                .toList();
    }

    private static Stream<Budget> budgets(Configuration configuration, Budget.Scope scope) {
        Stream<Budget> dollars =
                configuration.find(Settings.budget(scope)).stream().map(most -> new Budget.Dollars(scope, most));
        Stream<Budget> tokens =
                configuration.find(Settings.tokenBudget(scope)).stream().map(most -> new Budget.Tokens(scope, most));
        return Stream.concat(dollars, tokens);
    }

    /// The limits of a turn.
    static Limits limits(Configuration configuration, Model model) {
        Optional<Money> cost = configuration.find(Settings.AGENT_MAX_COST);
        if (cost.isPresent() && model.price().isEmpty() && !configuration.get(Settings.AGENT_ALLOW_UNPRICED)) {
            throw CommandException.usage(
                    ("No price is known for %s, so a cost limit cannot be kept. Give its price in models.json, use "
                                    + "--max-tokens instead of --max-cost, or let it pass with --allow-unpriced.")
                            .formatted(model.name()));
        }
        return new Limits(
                configuration.get(Settings.AGENT_MAX_STEPS),
                configuration.get(Settings.AGENT_MAX_TIME),
                cost,
                configuration
                        .find(Settings.AGENT_MAX_TOKENS)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()));
    }
}
