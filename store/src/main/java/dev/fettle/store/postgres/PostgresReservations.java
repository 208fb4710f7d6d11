package dev.fettle.store.postgres;

import dev.fettle.core.usage.Ledger.Charge;
import dev.fettle.core.usage.Ledger.Purchase;
import dev.fettle.core.usage.Usage;
import dev.fettle.store.sql.Owner;
import dev.fettle.store.sql.Place;
import dev.fettle.store.sql.Reservations;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reservations in PostgreSQL. Whoever decides about one holds a lock of the whole database until the
/// transaction ends. What a dead process reserved lapses at once where its end can be seen, in time elsewhere.
final class PostgresReservations implements Reservations {
    /// Any number that nobody else locks in this database; read as text, `fettle`.
    private static final long LOCK = 0x666574746c65L;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PostgresDatabase database;
    private final Place place = Place.current();
    private final Owner self = Owner.current();

    PostgresReservations(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public long newId() {
        return RANDOM.nextLong(1, Long.MAX_VALUE);
    }

    @Override
    public void exclude() {
        database.query("select 1 from pg_advisory_xact_lock(?)", row -> row.getInt(1), LOCK);
    }

    @Override
    public void dropLapsed(long id, Instant now) {
        database.update("delete from reservation where expires_at <= ? or id = ?", now.toEpochMilli(), id);
        database
                .query(
                        "select distinct owner_pid, owner_started from reservation where owner_place = ? and owner_pid <> ?",
                        row -> new Owner(row.getLong(1), row.getLong(2)),
                        place.id(),
                        self.pid())
                .stream()
                .filter(owner -> place.knowsAsDead(place.id(), owner))
                .forEach(owner -> database.update(
                        "delete from reservation where owner_place = ? and owner_pid = ? and owner_started = ?",
                        place.id(),
                        owner.pid(),
                        owner.startedMs()));
    }

    @Override
    public long add(long id, Purchase purchase, long worstCost) {
        database.update(
                "insert into reservation (id, user_name, session_id, tokens, cost, expires_at, owner_place, owner_pid,"
                        + " owner_started) values (?, ?, ?, ?, ?, " + PostgresDatabase.NOW + " + ?, ?, ?, ?)"
                        + " on conflict do nothing",
                id,
                purchase.user(),
                purchase.session(),
                purchase.worst().tokens(),
                worstCost,
                purchase.atMost().toMillis(),
                place.id(),
                self.pid(),
                self.startedMs());
        return id;
    }

    @Override
    public void settle(long id, Purchase purchase, Charge charge, @Nullable Long cost) {
        Usage usage = charge.usage();
        database.update(
                "with gone as (delete from reservation where id = ?)"
                        + " insert into charge (id, at, user_name, session_id, model, input_tokens, cache_read_tokens,"
                        + " cache_write_tokens, output_tokens, reasoning_tokens, cost)"
                        + " values (?, " + PostgresDatabase.NOW + ", ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                id,
                id,
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
