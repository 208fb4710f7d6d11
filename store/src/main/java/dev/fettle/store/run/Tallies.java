package dev.fettle.store.run;

import dev.fettle.core.monitor.Tally;
import dev.fettle.core.session.Status;
import dev.fettle.core.usage.Money;
import dev.fettle.store.sql.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;

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
        add(user, RUN + status.word(), 1);
        add(user, CALLS, tally.calls());
        add(user, TOKENS, tally.tokens());
        add(user, COST, units(tally.cost()));
        tally.tools().forEach((tool, calls) -> add(user, TOOL + tool, calls));
    }

    private void add(String user, String name, long amount) {
        if (amount != 0) {
            sql.update(
                    "insert into tally (user_id, name, amount) values (?, ?, ?)"
                            + " on conflict (user_id, name) do update set amount = tally.amount + excluded.amount",
                    user,
                    name,
                    amount);
        }
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
