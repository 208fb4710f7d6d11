package dev.fettle.store;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionId;
import dev.fettle.store.sql.SessionTable;
import dev.fettle.store.sql.SqlLedger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// A session's rows in the event table, for as long as the claim on the session stands.
final class SqliteEventLog implements EventLog {
    private final Database database;
    private final SessionTable table;
    private final Claims claims;
    private final Claims.Claim claim;
    private final InstantSource clock;
    private final Consumer<EventLog> whenClosed;
    private long nextSeq;
    private volatile boolean isClosed;

    SqliteEventLog(
            Database database,
            SessionTable table,
            Claims claims,
            Claims.Claim claim,
            InstantSource clock,
            Consumer<EventLog> whenClosed) {
        this.database = database;
        this.table = table;
        this.claims = claims;
        this.claim = claim;
        this.clock = clock;
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
    public List<LogEntry> append(List<? extends Event> events, Runnable along) {
        if (isClosed) {
            throw new IllegalStateException("The log of session %s is closed".formatted(session()));
        }
        List<String> payloads = events.stream().map(EventJson::write).toList();
        long at = clock.millis();
        database.write(() -> {
            moveOn(events, at);
            for (int i = 0; i < payloads.size(); i++) {
                insert(nextSeq + i, payloads.get(i), at);
            }
            SqlLedger.within(along);
            return at;
        });
        List<LogEntry> entries = LogEntry.from(nextSeq, Instant.ofEpochMilli(at), events);
        nextSeq += entries.size();
        return entries;
    }

    private void moveOn(List<? extends Event> events, long at) {
        int mine = database.update(
                "update session set next_seq = next_seq + ?, updated_at = ?, status = coalesce(?, status)"
                        + " where id = ? and epoch = ? and next_seq = ?",
                events.size(),
                at,
                SessionTable.statusAfter(events),
                session().value(),
                claim.epoch(),
                nextSeq);
        if (mine == 0) {
            throw SessionTable.lost(session());
        }
    }

    private void insert(long seq, String payload, long at) {
        database.update(
                "insert into session_event (session_id, seq, epoch, type, payload, at) values (?, ?, ?, ?, ?, ?)",
                session().value(),
                seq,
                claim.epoch(),
                SessionTable.type(payload),
                database.dialect().payload(payload),
                at);
    }

    /// An owner is only replaced when its process is gone.
    @Override
    public void confirm() {}

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            claims.giveBack(claim);
            whenClosed.accept(this);
        }
    }
}
