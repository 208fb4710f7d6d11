package dev.fettle.store.postgres;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionId;
import dev.fettle.store.sql.SessionTable;
import dev.fettle.store.sql.SqlLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A session's rows in the event table, for as long as the claim on the session stands.
///
/// One statement moves the session's position on, if epoch and position are those expected, and puts the events
/// there. If its outcome is unknown because the connection broke, it is sent again; it then finds the position
/// taken, and the first of the events is looked up.
final class PostgresEventLog implements EventLog {
    private static final String APPEND = "with mine as (update session set next_seq = next_seq + ?, updated_at = "
            + PostgresDatabase.NOW + ", lease_until = " + PostgresDatabase.NOW
            + " + ?, status = coalesce(?, status) where id = ? and epoch = ? and next_seq = ? returning id, epoch)"
            + " insert into session_event (session_id, seq, epoch, type, payload, at)"
            + " select id, seq, epoch, type, payload, " + PostgresDatabase.NOW
            + " from mine, (values %s) as new (seq, type, payload) returning at";

    private static final String ROW = "(?::bigint, ?::text, ?::text)";

    /// What a predecessor got through before it was replaced does not count: whoever took over has settled it.
    private static final String LOOK_UP = "select at from session_event join session on session.id = session_id"
            + " where session_id = ? and seq = ? and session_event.epoch = ? and session.epoch = ? and payload = ?";

    private final PostgresDatabase database;
    private final SessionTable table;
    private final Leases leases;
    private final Leases.Claim claim;
    private final Consumer<EventLog> whenClosed;
    private long nextSeq;
    private volatile long confirmedNanos = System.nanoTime();
    private volatile boolean isClosed;

    PostgresEventLog(
            PostgresDatabase database,
            SessionTable table,
            Leases leases,
            Leases.Claim claim,
            Consumer<EventLog> whenClosed) {
        this.database = database;
        this.table = table;
        this.leases = leases;
        this.claim = claim;
        this.whenClosed = whenClosed;
        this.nextSeq = claim.nextSeq();
    }

    @Override
    public SessionId session() {
        return claim.session();
    }

    @Override
    public List<LogEntry> entries() {
        return table.entries(session(), nextSeq);
    }

    @Override
    public List<LogEntry> append(List<? extends Event> events) {
        return appended(events, payloads -> place(payloads, SessionTable.statusAfter(events)));
    }

    @Override
    public List<LogEntry> append(List<? extends Event> events, Runnable along) {
        return appended(
                events,
                payloads -> database.write(() -> {
                    Instant at = place(payloads, SessionTable.statusAfter(events));
                    SqlLedger.within(along);
                    return at;
                }));
    }

    private List<LogEntry> appended(List<? extends Event> events, Function<List<String>, Instant> placing) {
        if (isClosed) {
            throw new IllegalStateException("The log of session %s is closed".formatted(session()));
        }
        long begun = System.nanoTime();
        Instant at = placing.apply(events.stream().map(EventJson::write).toList());
        confirmedNanos = begun;
        List<LogEntry> entries = LogEntry.from(nextSeq, at, events);
        nextSeq += entries.size();
        return entries;
    }

    /// Puts them where the log ends, unless an earlier try has.
    private Instant place(List<String> payloads, @Nullable String status) {
        List<Instant> at = insert(payloads, status);
        if (at.isEmpty()) {
            at = lookUp(payloads.getFirst());
        }
        return at.stream().findFirst().orElseThrow(() -> SessionTable.lost(session()));
    }

    private List<Instant> insert(List<String> payloads, @Nullable String status) {
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(payloads.size());
        parameters.add(leases.length().toMillis());
        parameters.add(status);
        parameters.add(session().value());
        parameters.add(claim.epoch());
        parameters.add(nextSeq);
        for (int i = 0; i < payloads.size(); i++) {
            parameters.add(nextSeq + i);
            parameters.add(SessionTable.type(payloads.get(i)));
            parameters.add(payloads.get(i));
        }
        return database.query(
                APPEND.formatted(String.join(", ", Collections.nCopies(payloads.size(), ROW))),
                row -> Instant.ofEpochMilli(row.getLong(1)),
                parameters.toArray());
    }

    private List<Instant> lookUp(String payload) {
        return database.query(
                LOOK_UP,
                row -> Instant.ofEpochMilli(row.getLong(1)),
                session().value(),
                nextSeq,
                claim.epoch(),
                claim.epoch(),
                payload);
    }

    /// While the lease cannot have run out, nobody is asked.
    @Override
    public void confirm() {
        long begun = System.nanoTime();
        if (begun - confirmedNanos > leases.length().toNanos() / 2) {
            if (!leases.isHeld(claim)) {
                throw SessionTable.lost(session());
            }
            confirmedNanos = begun;
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            leases.giveBack(claim);
            whenClosed.accept(this);
        }
    }
}
