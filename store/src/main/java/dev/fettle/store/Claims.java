package dev.fettle.store;

import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.store.sql.Owner;
import dev.fettle.store.sql.SessionTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Says who has which session. A claim is a row's epoch and owner; it ends when it is given back, or when its
/// owner's process does.
final class Claims {
    private final Database database;
    private final Owner self;
    /// Claims of this process that could not be given back, because the disk was full for instance.
    private final Map<SessionId, Long> stranded = new ConcurrentHashMap<>();

    Claims(Database database, Owner self) {
        this.database = database;
        this.self = self;
    }

    /// A session taken for writing.
    record Claim(SessionId session, long epoch, long nextSeq) {}

    private record Holding(Optional<Owner> owner, long epoch, long nextSeq) {}

    /// Takes the session, from a dead owner too.
    Claim take(SessionId id) {
        return database.write(() -> {
            Holding was = requireFree(id);
            database.update(
                    "update session set epoch = ?, owner_pid = ?, owner_started = ? where id = ?",
                    was.epoch() + 1,
                    self.pid(),
                    self.startedMs(),
                    id.value());
            stranded.remove(id);
            return new Claim(id, was.epoch() + 1, was.nextSeq());
        });
    }

    /// Fails unless nobody alive has the session.
    Holding requireFree(SessionId id) {
        Holding holding = holding(id);
        Optional<Owner> living = holding.owner().filter(owner -> !isStranded(id, holding) && owner.isAlive());
        if (living.isPresent()) {
            throw new SessionException(
                    SessionException.Kind.BUSY,
                    "Session %s is in use by process %d; wait until its turn ends, or stop it"
                            .formatted(id, living.get().pid()));
        }
        return holding;
    }

    void giveBack(Claim claim) {
        try {
            database.write(() -> database.update(
                    "update session set owner_pid = null, owner_started = null where id = ? and epoch = ?",
                    claim.session().value(),
                    claim.epoch()));
        } catch (SessionException e) {
            // Everything appended is safe; other processes see the session as ours until this one ends.
            stranded.put(claim.session(), claim.epoch());
        }
    }

    private boolean isStranded(SessionId id, Holding holding) {
        Long epoch = stranded.get(id);
        return epoch != null && epoch == holding.epoch();
    }

    private Holding holding(SessionId id) {
        List<Holding> found = database.query(
                "select epoch, next_seq, owner_pid, owner_started from session where id = ?",
                row -> {
                    long pid = row.getLong(3);
                    Optional<Owner> owner =
                            row.wasNull() ? Optional.empty() : Optional.of(new Owner(pid, row.getLong(4)));
                    return new Holding(owner, row.getLong(1), row.getLong(2));
                },
                id.value());
        return found.stream().findFirst().orElseThrow(() -> SessionTable.notFound(id));
    }
}
