package dev.fettle.store.sql;

import dev.fettle.core.session.SessionException;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Budget;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.LedgerException;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The ledger in the session database. A reservation is decided in a transaction that excludes all others, of
/// whatever process, so two calls never count on the same money.
public final class SqlLedger implements Ledger {
    private static final int DECIMALS = 12;
    private static final String TOKENS = "input_tokens + cache_read_tokens + cache_write_tokens + output_tokens";

    private final Sql sql;
    private final Reservations reservations;
    private final InstantSource clock;

    public SqlLedger(Sql sql, Reservations reservations, InstantSource clock) {
        this.sql = sql;
        this.reservations = reservations;
        this.clock = clock;
    }

    @Override
    public Admission reserve(Purchase purchase, List<Budget> budgets) {
        long id = reservations.newId();
        if (budgets.isEmpty()) {
            return new Admission.Reserved(id, purchase);
        }
        return kept(() -> sql.write(() -> {
            reservations.exclude();
            Instant now = clock.instant();
            reservations.dropLapsed(id, now);
            for (Budget budget : budgets) {
                Taken taken = taken(budget, purchase, now);
                if (!budget.covers(taken.spent().plus(taken.reserved()).plus(purchase.worst()))) {
                    return new Admission.Refused(
                            budget,
                            taken.spent(),
                            taken.reserved(),
                            budget.scope().renewal(now));
                }
            }
            return new Admission.Reserved(
                    reservations.add(id, purchase, units(purchase.worst().cost())), purchase);
        }));
    }

    /// @param reserved whenever that began: it is yet to be spent
    private record Taken(Amount spent, Amount reserved) {}

    /// Read at once, so that what is settled in the meantime is in one of the two.
    private Taken taken(Budget budget, Purchase purchase, Instant now) {
        String mine = whose(budget.scope());
        String who = who(budget.scope(), purchase);
        return sql.query(
                        "select spent.cost, spent.tokens, reserved.cost, reserved.tokens from"
                                + " (select coalesce(sum(cost), 0) as cost, coalesce(sum(" + TOKENS
                                + "), 0) as tokens from charge where at >= ? and " + mine + ") as spent,"
                                + " (select coalesce(sum(cost), 0) as cost, coalesce(sum(tokens), 0) as tokens"
                                + " from reservation where " + mine + ") as reserved",
                        row -> new Taken(
                                new Amount(money(row.getLong(1)), row.getLong(2)),
                                new Amount(money(row.getLong(3)), row.getLong(4))),
                        budget.scope().since(now).toEpochMilli(),
                        who,
                        who)
                .getFirst();
    }

    private static String whose(Budget.Scope scope) {
        return switch (scope) {
            case SESSION -> "session_id = ?";
            case USER -> "user_name = ?";
            case DAY, MONTH -> "'' = ?";
        };
    }

    private static String who(Budget.Scope scope, Purchase purchase) {
        return switch (scope) {
            case SESSION -> purchase.session();
            case USER -> purchase.user();
            case DAY, MONTH -> "";
        };
    }

    @Override
    public void settle(Admission.Reserved reserved, Charge charge) {
        @Nullable Long cost = charge.cost().map(SqlLedger::units).orElse(null);
        kept(() -> sql.write(() -> {
            reservations.settle(reserved.id(), reserved.purchase(), charge, cost);
            return true;
        }));
    }

    /// Does what is part of a larger transaction. What the database complains about comes out as it was, so that the
    /// whole transaction can be tried again.
    public static void within(Runnable work) {
        try {
            work.run();
        } catch (LedgerException e) {
            throw e.getCause() instanceof SessionException cause ? cause : e;
        }
    }

    @Override
    public void release(Admission.Reserved reserved) {
        kept(() -> sql.write(() -> sql.update("delete from reservation where id = ?", reserved.id())));
    }

    @Override
    public List<Total> totals(Grouping by, Instant since) {
        String key = switch (by) {
            case DAY -> sql.dialect().day("at");
            case MODEL -> "model";
            case SESSION -> "session_id";
            case USER -> "user_name";
        };
        return kept(() -> sql
                .query(
                        "select " + key + " as label, count(*), sum(input_tokens), sum(cache_read_tokens),"
                                + " sum(cache_write_tokens), sum(output_tokens), sum(reasoning_tokens), coalesce(sum(cost), 0),"
                                + " count(*) - count(cost) from charge where at >= ? group by label",
                        SqlLedger::total,
                        since.toEpochMilli())
                // Not by the database, which may sort by the rules of a language.
                .stream()
                .sorted(Comparator.comparing(Total::key))
                .toList());
    }

    private static Total total(ResultSet row) throws SQLException {
        return new Total(
                row.getString(1),
                row.getLong(2),
                new Usage(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7)),
                money(row.getLong(8)),
                row.getLong(9));
    }

    /// Rounded up, should a price have more decimals than are kept.
    private static long units(Money money) {
        return money.usd()
                .movePointRight(DECIMALS)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    private static Money money(long units) {
        return new Money(BigDecimal.valueOf(units, DECIMALS));
    }

    private static <T> T kept(Supplier<T> work) {
        try {
            return work.get();
        } catch (SessionException e) {
            if (e.kind() == SessionException.Kind.AWAY) {
                // Nothing is wrong with the book: who waits for the log waits for it, too.
                throw e;
            }
            throw new LedgerException("The ledger of costs cannot be used. " + e.getMessage(), e);
        }
    }
}
