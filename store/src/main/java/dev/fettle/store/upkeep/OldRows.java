package dev.fettle.store.upkeep;

import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.store.sql.SessionTable;
import dev.fettle.store.sql.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Takes out of a database what nobody wants any more. A session goes only if nobody has it, no run of it
/// is open and nothing has happened in it for long; bills, users and reports never go.
public final class OldRows {
    private static final String OPEN = "('queued', 'ready', 'running', 'waiting')";
    private static final String IDLE = "updated_at < ? and not exists (select 1 from run"
            + " where run.session_id = session.id and run.status in " + OPEN + ")";

    private final Sql sql;
    private final SessionTable sessions;
    private final Consumer<SessionId> requireFree;
    private final InstantSource clock;

    /// The old rows of a database.
    ///
    /// @param requireFree called within [Sql#write]; fails with a [SessionException] if somebody alive has
    ///     the session
    /// @param clock shared by all processes
    public OldRows(Sql sql, SessionTable sessions, Consumer<SessionId> requireFree, InstantSource clock) {
        this.sql = sql;
        this.sessions = sessions;
        this.requireFree = requireFree;
        this.clock = clock;
    }

    /// How old things may get; empty keeps them for ever.
    ///
    /// @param facts those that nobody has changed since
    public record Ages(Optional<Duration> all, Optional<Duration> facts) {}

    /// How many of something went, or would go.
    public record Dropped(String what, long count) {}

    /// Rows of one table that meet a condition on a moment.
    private record Kind(String what, String condition, List<Long> moments) {}

    /// Takes out what is too old, and what has lapsed by its own terms whatever its age: requests and
    /// reservations.
    ///
    /// @param isRehearsal whether to leave everything in place and only count
    public List<Dropped> drop(Ages ages, boolean isRehearsal) {
        Instant now = clock.instant();
        List<Dropped> dropped = new ArrayList<>();
        List<Kind> kinds = new ArrayList<>();
        ages.all().map(now::minus).map(Instant::toEpochMilli).ifPresent(before -> {
            dropped.add(new Dropped("sessions", dropSessions(before, isRehearsal)));
            kinds.add(new Kind("runs", "run where ended_at < ? and status not in " + OPEN, List.of(before)));
            kinds.add(new Kind("audit entries", "audit_entry where at < ?", List.of(before)));
            kinds.add(new Kind("dead keys", "api_key where revoked_at < ? or expires_at < ?", List.of(before, before)));
        });
        ages.facts()
                .map(now::minus)
                .map(Instant::toEpochMilli)
                .ifPresent(before -> kinds.add(new Kind("facts", "fact where updated_at < ?", List.of(before))));
        kinds.add(new Kind(
                "idempotency keys",
                "idempotency where created_at <= ?",
                List.of(now.minus(Idempotency.KEPT).toEpochMilli())));
        kinds.add(new Kind("lapsed reservations", "reservation where expires_at <= ?", List.of(now.toEpochMilli())));
        kinds.forEach(kind -> dropped.add(new Dropped(kind.what(), drop(kind, isRehearsal))));
        return List.copyOf(dropped);
    }

    private long drop(Kind kind, boolean isRehearsal) {
        Object[] moments = kind.moments().toArray();
        return isRehearsal
                ? sql.query("select count(*) from " + kind.condition(), row -> row.getLong(1), moments)
                        .getFirst()
                : sql.write(() -> sql.update("delete from " + kind.condition(), moments));
    }

    private long dropSessions(long before, boolean isRehearsal) {
        List<SessionId> idle =
                sql.query("select id from session where " + IDLE, row -> new SessionId(row.getString(1)), before);
        return idle.stream().filter(id -> drop(id, before, isRehearsal)).count();
    }

    /// Each in a transaction of its own, which nobody who works waits long for.
    private boolean drop(SessionId id, long before, boolean isRehearsal) {
        return ifFree(id, () -> {
            boolean isIdle = !sql.query(
                            "select id from session where id = ? and " + IDLE,
                            row -> row.getString(1),
                            id.value(),
                            before)
                    .isEmpty();
            if (isIdle && !isRehearsal) {
                sessions.delete(id);
            }
            return isIdle;
        });
    }

    /// Whether somebody has a session, or a run of it is open.
    public boolean isInUse(SessionId id) {
        return !ifFree(
                id,
                () -> sql.query(
                                "select id from run where session_id = ? and status in " + OPEN,
                                row -> row.getString(1),
                                id.value())
                        .isEmpty());
    }

    /// What a question about a session says while nobody can take it or queue a run of it; no if somebody
    /// has it.
    private boolean ifFree(SessionId id, BooleanSupplier question) {
        try {
            return sql.write(() -> {
                sql.update("update run_gate set passed = passed + 1");
                requireFree.accept(id);
                return question.getAsBoolean();
            });
        } catch (SessionException e) {
            if (e.kind() == SessionException.Kind.BUSY || e.kind() == SessionException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
