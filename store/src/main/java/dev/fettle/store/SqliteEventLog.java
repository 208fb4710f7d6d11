package dev.fettle.store;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A session's rows in the event table, for as long as the claim on the session stands.
final class SqliteEventLog implements EventLog {
    private final Database database;
    private final Claims claims;
    private final Claims.Claim claim;
    private final InstantSource clock;
    private final Consumer<EventLog> whenClosed;
    private long nextSeq;
    private volatile boolean isClosed;

    SqliteEventLog(
            Database database, Claims claims, Claims.Claim claim, InstantSource clock, Consumer<EventLog> whenClosed) {
        this.database = database;
        this.claims = claims;
        this.claim = claim;
        this.clock = clock;
        this.whenClosed = whenClosed;
        this.nextSeq = claim.nextSeq();
    }

    static List<LogEntry> entries(Database database, SessionId id, long before) {
        return database.query(
                "select seq, at, payload from session_event where session_id = ? and seq < ? order by seq",
                row -> entry(database, id, row),
                id.value(),
                before);
    }

    private static LogEntry entry(Database database, SessionId id, ResultSet row) throws SQLException {
        long seq = row.getLong(1);
        try {
            return new LogEntry(seq, Instant.ofEpochMilli(row.getLong(2)), EventJson.read(row.getString(3)));
        } catch (JacksonException e) {
            throw StorageFailure.damaged(
                    database.file(),
                    "event %d of session %s cannot be read, unless a newer Fettle wrote it (%s)"
                            .formatted(seq, id, e.getOriginalMessage()),
                    e);
        }
    }

    @Override
    public SessionId session() {
        return claim.session();
    }

    @Override
    public List<LogEntry> entries() {
        return entries(database, session(), nextSeq);
    }

    @Override
    public LogEntry append(Event event) {
        if (isClosed) {
            throw new IllegalStateException("The log of session %s is closed".formatted(session()));
        }
        String payload = EventJson.write(event);
        LogEntry entry = new LogEntry(nextSeq, Instant.ofEpochMilli(clock.millis()), event);
        database.write(() -> {
            insert(entry, payload);
            return entry;
        });
        nextSeq++;
        return entry;
    }

    private void insert(LogEntry entry, String payload) {
        long at = entry.at().toEpochMilli();
        int mine = database.update(
                "update session set next_seq = next_seq + 1, updated_at = ?, status = coalesce(?, status)"
                        + " where id = ? and epoch = ? and next_seq = ?",
                at,
                statusAfter(entry.event()),
                session().value(),
                claim.epoch(),
                entry.seq());
        if (mine == 0) {
            throw new SessionException(
                    SessionException.Kind.LOST,
                    "Session %s has been taken over by another process; this turn stops here".formatted(session()));
        }
        database.update(
                "insert into session_event (session_id, seq, epoch, type, payload, at) values (?, ?, ?, ?, ?, ?)",
                session().value(),
                entry.seq(),
                claim.epoch(),
                type(payload),
                payload,
                at);
    }

    /// The word in `{"type":"the_word",…`, which every event begins with.
    static String type(String payload) {
        int start = payload.indexOf(':') + 2;
        return payload.substring(start, payload.indexOf('"', start));
    }

    private static @Nullable String statusAfter(Event event) {
        return event instanceof Event.TurnEnded ended ? ended.outcome().status().word() : null;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            claims.giveBack(claim);
            whenClosed.accept(this);
        }
    }
}
