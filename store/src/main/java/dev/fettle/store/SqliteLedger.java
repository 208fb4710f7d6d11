package dev.fettle.store;

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
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The ledger in the session database. A reservation is decided in a transaction that excludes all other
/// writers, of whatever process, so two calls never count on the same money.
final class SqliteLedger implements Ledger {
    private static final int DECIMALS = 12;
    private static final String TOKENS = "input_tokens + cache_read_tokens + cache_write_tokens + output_tokens";

    private final Database database;
    private final Owner self;
    private final InstantSource clock;

    SqliteLedger(Database database, Owner self, InstantSource clock) {
        this.database = database;
        this.self = self;
        this.clock = clock;
    }

    @Override
    public Admission reserve(Purchase purchase, List<Budget> budgets) {
        return kept(() -> database.write(() -> {
            Instant now = clock.instant();
            dropLapsed(now);
            for (Budget budget : budgets) {
                Amount spent = spent(budget, purchase, now);
                Amount reserved = reserved(budget, purchase);
                if (!budget.covers(spent.plus(reserved).plus(purchase.worst()))) {
                    return new Admission.Refused(
                            budget, spent, reserved, budget.scope().renewal(now));
                }
            }
            return new Admission.Reserved(insert(purchase, now), purchase);
        }));
    }

    private void dropLapsed(Instant now) {
        database.update("delete from reservation where expires_at <= ?", now.toEpochMilli());
        database
                .query(
                        "select distinct owner_pid, owner_started from reservation where owner_pid <> ?",
                        row -> new Owner(row.getLong(1), row.getLong(2)),
                        self.pid())
                .stream()
                .filter(owner -> !owner.isAlive())
                .forEach(owner -> database.update(
                        "delete from reservation where owner_pid = ? and owner_started = ?",
                        owner.pid(),
                        owner.startedMs()));
    }

    private long insert(Purchase purchase, Instant now) {
        return database.query(
                        "insert into reservation (user_name, session_id, tokens, cost, expires_at, owner_pid, owner_started)"
                                + " values (?, ?, ?, ?, ?, ?, ?) returning id",
                        row -> row.getLong(1),
                        purchase.user(),
                        purchase.session(),
                        purchase.worst().tokens(),
                        units(purchase.worst().cost()),
                        now.plus(purchase.atMost()).toEpochMilli(),
                        self.pid(),
                        self.startedMs())
                .getFirst();
    }

    private Amount spent(Budget budget, Purchase purchase, Instant now) {
        return database.query(
                        "select coalesce(sum(cost), 0), coalesce(sum(" + TOKENS + "), 0) from charge where at >= ? and "
                                + whose(budget.scope()),
                        SqliteLedger::amount,
                        budget.scope().since(now).toEpochMilli(),
                        who(budget.scope(), purchase))
                .getFirst();
    }

    /// All of them, whenever they began: they are yet to be spent.
    private Amount reserved(Budget budget, Purchase purchase) {
        return database.query(
                        "select coalesce(sum(cost), 0), coalesce(sum(tokens), 0) from reservation where "
                                + whose(budget.scope()),
                        SqliteLedger::amount,
                        who(budget.scope(), purchase))
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

    private static Amount amount(ResultSet row) throws SQLException {
        return new Amount(money(row.getLong(1)), row.getLong(2));
    }

    @Override
    public void settle(Admission.Reserved reserved, Charge charge) {
        Usage usage = charge.usage();
        @Nullable Long units = charge.cost().map(SqliteLedger::units).orElse(null);
        kept(() -> database.write(() -> {
            database.update("delete from reservation where id = ?", reserved.id());
            return database.update(
                    "insert into charge (at, user_name, session_id, model, input_tokens, cache_read_tokens,"
                            + " cache_write_tokens, output_tokens, reasoning_tokens, cost)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    clock.millis(),
                    reserved.purchase().user(),
                    reserved.purchase().session(),
                    charge.model(),
                    usage.inputTokens(),
                    usage.cacheReadTokens(),
                    usage.cacheWriteTokens(),
                    usage.outputTokens(),
                    usage.reasoningTokens(),
                    units);
        }));
    }

    @Override
    public void release(Admission.Reserved reserved) {
        kept(() -> database.write(() -> database.update("delete from reservation where id = ?", reserved.id())));
    }

    @Override
    public List<Total> totals(Grouping by, Instant since) {
        String key = switch (by) {
            case DAY -> "date(at / 1000, 'unixepoch')";
            case MODEL -> "model";
            case SESSION -> "session_id";
            case USER -> "user_name";
        };
        return kept(() -> database.query(
                "select " + key + " as label, count(*), sum(input_tokens), sum(cache_read_tokens),"
                        + " sum(cache_write_tokens), sum(output_tokens), sum(reasoning_tokens), coalesce(sum(cost), 0),"
                        + " count(*) - count(cost) from charge where at >= ? group by label order by label",
                SqliteLedger::total,
                since.toEpochMilli()));
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
            throw new LedgerException("The ledger of costs cannot be used. " + e.getMessage(), e);
        }
    }
}
