package dev.fettle.cli.interactive;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.interactive.talk.TurnView;
import dev.fettle.core.session.Session;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What may still be spent, as far as a sitting can tell: what the ledger said when it began, less what it took since.
/// The line that shows it is painted too often to ask the ledger each time.
///
/// @param turn the most of one turn
/// @param sitting the least that a budget of days, months or the user left when the sitting began
record Allowance(Optional<Money> turn, Optional<Money> sitting) {
    private static final Map<Budget.Scope, String> SETTINGS = Map.of(
            Budget.Scope.DAY, "AGENT_BUDGET_DAY",
            Budget.Scope.MONTH, "AGENT_BUDGET_MONTH",
            Budget.Scope.USER, "AGENT_BUDGET_USER");

    static Allowance of(Host host, List<Host.SettingRow> settings, Instant now) {
        Stream<Money> left = Arrays.stream(Budget.Scope.values())
                .flatMap(scope -> dollars(settings, SETTINGS.getOrDefault(scope, ""))
                        .map(most -> most.less(spent(host.ledger(), scope, now)))
                        .stream());
        return new Allowance(dollars(settings, "AGENT_MAX_COST"), left.min(Comparator.naturalOrder()));
    }

    private static Optional<Money> dollars(List<Host.SettingRow> settings, String name) {
        return settings.stream()
                .filter(row -> row.name().equals(name) && !row.value().isEmpty())
                .map(row -> Money.of(row.value()))
                .findFirst();
    }

    private static Money spent(Ledger ledger, Budget.Scope scope, Instant now) {
        Predicate<String> counts = user -> scope != Budget.Scope.USER || user.equals(Session.LOCAL_USER);
        return ledger.totals(Ledger.Grouping.USER, scope.since(now)).stream()
                .filter(total -> counts.test(total.key()))
                .map(Ledger.Total::cost)
                .reduce(Money.ZERO, Money::plus);
    }

    /// The scarcest; empty where nothing is limited.
    Optional<Money> left(TurnView.Facts facts) {
        return Stream.concat(
                        turn.map(most -> most.less(facts.turnCost())).stream(),
                        sitting.map(most -> most.less(facts.cost())).stream())
                .min(Comparator.naturalOrder());
    }
}
