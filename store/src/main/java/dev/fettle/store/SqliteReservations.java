package dev.fettle.store;

import dev.fettle.core.usage.Ledger.Charge;
import dev.fettle.core.usage.Ledger.Purchase;
import dev.fettle.core.usage.Usage;
import dev.fettle.store.sql.Owner;
import dev.fettle.store.sql.Reservations;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Reservations in SQLite, where a transaction that writes is alone. The process that made one is known by its
/// number and start, so those of a dead process lapse at once.
final class SqliteReservations implements Reservations {
    private final Database database;
    private final Owner self;
    private final InstantSource clock;

    SqliteReservations(Database database, Owner self, InstantSource clock) {
        this.database = database;
        this.self = self;
        this.clock = clock;
    }

    @Override
    public long newId() {
        return 0;
    }

    @Override
    public void exclude() {
        // The transaction does.
    }

    @Override
    public void dropLapsed(long id, Instant now) {
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

    @Override
    public long add(long id, Purchase purchase, long worstCost) {
        return database.query(
                        "insert into reservation (user_name, session_id, tokens, cost, expires_at, owner_pid, owner_started)"
                                + " values (?, ?, ?, ?, ?, ?, ?) returning id",
                        row -> row.getLong(1),
                        purchase.user(),
                        purchase.session(),
                        purchase.worst().tokens(),
                        worstCost,
                        clock.instant().plus(purchase.atMost()).toEpochMilli(),
                        self.pid(),
                        self.startedMs())
                .getFirst();
    }

    @Override
    public void settle(long id, Purchase purchase, Charge charge, @Nullable Long cost) {
        Usage usage = charge.usage();
        database.update("delete from reservation where id = ?", id);
        database.update(
                "insert into charge (at, user_name, session_id, model, input_tokens, cache_read_tokens,"
                        + " cache_write_tokens, output_tokens, reasoning_tokens, cost)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                clock.millis(),
                purchase.user(),
                purchase.session(),
                charge.model(),
                usage.inputTokens(),
                usage.cacheReadTokens(),
                usage.cacheWriteTokens(),
                usage.outputTokens(),
                usage.reasoningTokens(),
                cost);
    }
}
