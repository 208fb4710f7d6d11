package dev.fettle.testkit;

import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A ledger that lives as long as the test.
public final class MemoryLedger implements Ledger {
    private final Map<Long, Pending> pending = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final InstantSource clock;
    private long lastId;

    public MemoryLedger(InstantSource clock) {
        this.clock = clock;
    }

    private record Pending(Purchase purchase, Instant expires) {}

    private record Entry(Purchase purchase, Instant at, Charge charge) {
        Amount amount() {
            return new Amount(charge.cost().orElse(Money.ZERO), charge.usage().total());
        }

        Total total(Grouping by) {
            String key = switch (by) {
                case DAY -> at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
                case MODEL -> charge.model();
                case SESSION -> purchase.session();
                case USER -> purchase.user();
            };
            return new Total(
                    key,
                    1,
                    charge.usage(),
                    charge.cost().orElse(Money.ZERO),
                    charge.cost().isPresent() ? 0 : 1);
        }
    }

    /// From here on the processes that made the present reservations count as gone.
    public synchronized void loseHolders() {
        pending.clear();
    }

    @Override
    public synchronized Admission reserve(Purchase purchase, List<Budget> budgets) {
        Instant now = clock.instant();
        pending.values().removeIf(each -> !each.expires().isAfter(now));
        for (Budget budget : budgets) {
            Budget.Scope scope = budget.scope();
            Amount spent = entries.stream()
                    .filter(each -> !each.at().isBefore(scope.since(now)))
                    .filter(each -> concerns(scope, each.purchase(), purchase))
                    .map(Entry::amount)
                    .reduce(Amount.ZERO, Amount::plus);
            Amount reserved = pending.values().stream()
                    .filter(each -> concerns(scope, each.purchase(), purchase))
                    .map(each -> each.purchase().worst())
                    .reduce(Amount.ZERO, Amount::plus);
            if (!budget.covers(spent.plus(reserved).plus(purchase.worst()))) {
                return new Admission.Refused(budget, spent, reserved, scope.renewal(now));
            }
        }
        lastId++;
        if (!budgets.isEmpty()) {
            pending.put(lastId, new Pending(purchase, now.plus(purchase.atMost())));
        }
        return new Admission.Reserved(lastId, purchase);
    }

    private static boolean concerns(Budget.Scope scope, Purchase one, Purchase other) {
        return switch (scope) {
            case SESSION -> one.session().equals(other.session());
            case USER -> one.user().equals(other.user());
            case DAY, MONTH -> true;
        };
    }

    @Override
    public synchronized void settle(Admission.Reserved reserved, Charge charge) {
        pending.remove(reserved.id());
        entries.add(new Entry(reserved.purchase(), clock.instant(), charge));
    }

    @Override
    public synchronized void release(Admission.Reserved reserved) {
        pending.remove(reserved.id());
    }

    @Override
    public synchronized List<Total> totals(Grouping by, Instant since) {
        Map<String, Total> totals = new TreeMap<>(Comparator.naturalOrder());
        entries.stream()
                .filter(each -> !each.at().isBefore(since))
                .map(each -> each.total(by))
                .forEach(each -> totals.merge(each.key(), each, Total::plus));
        return List.copyOf(totals.values());
    }
}
