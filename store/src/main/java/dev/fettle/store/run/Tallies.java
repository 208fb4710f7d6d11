package dev.fettle.store.run;

import dev.fettle.core.monitor.Tally;
import dev.fettle.core.session.Status;
import dev.fettle.core.usage.Money;
import dev.fettle.store.sql.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The book in which ended runs are added up, a row for each user and name.
record Tallies(Sql sql) {
    static final String RUN = "run:";
    static final String TOOL = "tool:";
    static final String CALLS = "calls";
    static final String TOKENS = "tokens";
    static final String COST = "cost";

    private static final int DECIMALS = 12;

    /// Enters a run that has ended, once. Belongs to the transaction that ends it.
    void add(String user, Status status, Tally tally) {
        Map<String, Long> amounts =
                new HashMap<>(Map.of(CALLS, tally.calls(), TOKENS, tally.tokens(), COST, units(tally.cost())));
        tally.tools().forEach((tool, calls) -> amounts.put(TOOL + tool, calls));
        amounts.values().removeIf(amount -> amount == 0);
        amounts.put(RUN + status.word(), 1L);
        sql.update(
                "insert into tally (user_id, name, amount) values "
                        + String.join(", ", Collections.nCopies(amounts.size(), "(?, ?, ?)"))
                        + " on conflict (user_id, name) do update set amount = tally.amount + excluded.amount",
                amounts.entrySet().stream()
                        .flatMap(each -> Stream.of(user, each.getKey(), each.getValue()))
                        .toArray());
    }

    private static long units(Money money) {
        return money.usd()
                .movePointRight(DECIMALS)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    static Money money(long units) {
        return new Money(BigDecimal.valueOf(units, DECIMALS));
    }
}
