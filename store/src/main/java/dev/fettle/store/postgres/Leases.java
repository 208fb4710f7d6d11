package dev.fettle.store.postgres;

import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.store.sql.Owner;
import dev.fettle.store.sql.Place;
import dev.fettle.store.sql.SessionTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Says who has which session. A claim lasts as long as its lease, which its process renews and the database's
/// clock measures; it ends at once when it is given back, or when the next who wants it sees the owner's process
/// gone. A lease that ran out is still good while nobody else has asked: the epoch alone says who may write.
final class Leases implements AutoCloseable {
    private static final int RENEWALS_PER_LEASE = 3;

    private final PostgresDatabase database;
    private final Duration lease;
    private final Place place = Place.current();
    private final Owner self = Owner.current();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private @Nullable Thread renewer;

    Leases(PostgresDatabase database, Duration lease) {
        this.database = database;
        this.lease = lease;
    }

    /// A session taken for writing.
    ///
    /// @param token names this one taking
    record Claim(SessionId session, String token, long epoch, long nextSeq) {}

    private record Holding(
            long epoch,
            long nextSeq,
            String token,
            boolean isCurrent,
            String host,
            @Nullable String place,
            Owner owner) {}

    Duration length() {
        return lease;
    }

    /// Takes the session, from an owner that is gone too.
    Claim take(SessionId id) {
        String token = UUID.randomUUID().toString();
        Claim claim = database.write(() -> {
            Holding was = holding(id);
            if (was.token().equals(token)) {
                // An earlier try got through, though its answer did not.
                return new Claim(id, token, was.epoch(), was.nextSeq());
            }
            requireFree(id, was);
            database.update(
                    "update session set epoch = epoch + 1, claim = ?, lease_until = " + PostgresDatabase.NOW + " + ?,"
                            + " owner_host = ?, owner_place = ?, owner_pid = ?, owner_started = ? where id = ?",
                    token,
                    lease.toMillis(),
                    place.host(),
                    place.id(),
                    self.pid(),
                    self.startedMs(),
                    id.value());
            // A call that its last owner had under way is answered by nobody.
            database.update("delete from reservation where session_id = ?", id.value());
            return new Claim(id, token, was.epoch() + 1, was.nextSeq());
        });
        held.add(token);
        startRenewing();
        return claim;
    }

    /// Fails unless nobody alive has the session; keeps it so until the transaction ends.
    void requireFree(SessionId id) {
        requireFree(id, holding(id));
    }

    private void requireFree(SessionId id, Holding holding) {
        boolean isDead = holding.place() != null && place.knowsAsDead(holding.place(), holding.owner());
        if (!holding.token().isEmpty() && holding.isCurrent() && !isDead) {
            throw new SessionException(
                    SessionException.Kind.BUSY,
                    "Session %s is in use by process %d on %s; wait until its turn ends, or stop it"
                            .formatted(id, holding.owner().pid(), holding.host()));
        }
    }

    /// Whether nobody has taken the session since.
    boolean isHeld(Claim claim) {
        return !database.query(
                        "select id from session where id = ? and epoch = ?",
                        row -> row.getString(1),
                        claim.session().value(),
                        claim.epoch())
                .isEmpty();
    }

    void giveBack(Claim claim) {
        held.remove(claim.token());
        try {
            database.update(
                    "update session set claim = null where id = ? and claim = ?",
                    claim.session().value(),
                    claim.token());
        } catch (SessionException e) {
            // Everything appended is safe, and the lease runs out by itself.
        }
    }

    private Holding holding(SessionId id) {
        List<Holding> found = database.query(
                "select epoch, next_seq, claim, lease_until > " + PostgresDatabase.NOW
                        + ", owner_host, owner_place, owner_pid, owner_started from session where id = ? for update",
                row -> new Holding(
                        row.getLong(1),
                        row.getLong(2),
                        Optional.ofNullable(row.getString(3)).orElse(""),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getString(6),
                        new Owner(row.getLong(7), row.getLong(8))),
                id.value());
        return found.stream().findFirst().orElseThrow(() -> SessionTable.notFound(id));
    }

    private synchronized void startRenewing() {
        if (renewer == null) {
            renewer = Thread.ofVirtual().name("fettle-leases").start(this::renew);
        }
    }

    private void renew() {
        try {
            while (true) {
                Thread.sleep(lease.dividedBy(RENEWALS_PER_LEASE));
                renewAll();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void renewAll() {
        if (!held.isEmpty()) {
            try {
                database.update(
                        "update session set lease_until = " + PostgresDatabase.NOW
                                + " + ? where claim = any (string_to_array(?, ','))",
                        lease.toMillis(),
                        String.join(",", held));
            } catch (SessionException e) {
                // Whoever appends is told why; the next round may succeed.
            }
        }
    }

    @Override
    public synchronized void close() {
        if (renewer != null) {
            renewer.interrupt();
        }
    }
}
