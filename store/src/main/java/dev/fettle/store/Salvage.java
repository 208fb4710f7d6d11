package dev.fettle.store;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.store.sql.Owner;
import dev.fettle.store.sql.Packed;
import dev.fettle.store.sql.SessionTable;
import dev.fettle.store.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Carries what can be read of a damaged database over into a sound, empty one.
///
/// Rows are fetched one by one in the order of their rowid, which needs only the pages on the way to each: an
/// unreadable page costs the rows on it and no others. Of each session the events up to the first missing one
/// are kept, since a conversation with a hole in it means nothing. A session whose own row is lost is rebuilt
/// from its events.
final class Salvage {
    /// How many rows in a row may be unreadable before the rest is given up: some 500 pages of small events.
    private static final int MOST_UNREADABLE = 20_000;

    private static final int LONGEST_TITLE = 72;

    /// What is kept besides the sessions: the bills, which outlive everything else, and the server's books.
    private static final Map<String, String> OTHER_TABLES = Map.of(
            "charge",
            "id, at, user_name, session_id, model, input_tokens, cache_read_tokens, cache_write_tokens,"
                    + " output_tokens, reasoning_tokens, cost",
            "run",
            "id, session_id, user_id, said, settings, approve_all, status, message, activation, worker, crashes,"
                    + " position, question, answer, created_at, admitted_at, started_at, ended_at, cancelled_at",
            "user_account",
            "id, name, name_key, role, created_at, deactivated_at",
            "api_key",
            "id, user_id, label, lookup, hash, scopes, created_at, expires_at, last_used_at, revoked_at",
            "audit_entry",
            "id, token, at, user_id, action, subject, detail",
            "idempotency",
            "user_id, request_key, fingerprint, token, created_at, lapses_at, status, content_type, body",
            "report",
            "day, made_at, body",
            "tally",
            "user_id, name, amount",
            "fact",
            "number, id, user_id, project, text, words, created_at, updated_at");

    private final Database damaged;
    private final Database sound;
    private final List<Owner> owners = new ArrayList<>();

    Salvage(Database damaged, Database sound) {
        this.damaged = damaged;
        this.sound = sound;
    }

    /// What was carried over.
    ///
    /// @param eventsLost those known to have been there and not among `events`
    record Haul(int sessions, long events, long eventsLost, List<Owner> owners) {}

    private record Found<T>(long rowid, Optional<T> content) {}

    private record SessionRow(
            SessionId id,
            String title,
            String workspace,
            Optional<String> parent,
            long epoch,
            long nextSeq,
            long createdAt,
            long updatedAt) {}

    private record EventRow(SessionId session, long seq, long epoch, String type, String payload, long at) {}

    Haul run() {
        return sound.write(() -> {
            scan(
                    "select rowid, id, title, workspace, parent, epoch, next_seq, created_at, updated_at,"
                            + " owner_pid, owner_started from session where rowid > ? order by rowid limit 1",
                    this::sessionRow,
                    this::keep);
            keepUsers();
            scan(
                    "select rowid, session_id, seq, epoch, type, payload, at from session_event"
                            + " where rowid > ? order by rowid limit 1",
                    Salvage::eventRow,
                    this::keep);
            keepOthers();
            long known = number("select coalesce(sum(most), 0) from (select max(next_seq - 1, coalesce("
                    + "(select max(seq) from session_event where session_id = id), 0)) as most from session"
                    + " union all select max(seq) from session_event"
                    + " where session_id not in (select id from session) group by session_id)");
            dropAfterGaps();
            rebuildLostSessions();
            settleSessions();
            long events = number("select count(*) from session_event");
            return new Haul((int) number("select count(*) from session"), events, known - events, List.copyOf(owners));
        });
    }

    private <T> void scan(String sql, Sql.Row<Optional<T>> row, Consumer<T> keep) {
        long after = 0;
        int unreadable = 0;
        while (unreadable < MOST_UNREADABLE) {
            Optional<Found<T>> found = Optional.empty();
            try {
                List<Found<T>> next = damaged.query(sql, each -> new Found<>(each.getLong(1), row.read(each)), after);
                if (next.isEmpty()) {
                    return;
                }
                found = Optional.of(next.getFirst());
            } catch (SessionException e) {
                // Unreadable; the next rowid may lie on another page.
            }
            if (found.isPresent() && found.get().rowid() > after) {
                found.get().content().ifPresent(keep);
                after = found.get().rowid();
                unreadable = 0;
            } else {
                after++;
                unreadable++;
            }
        }
    }

    private Optional<SessionRow> sessionRow(ResultSet row) throws SQLException {
        long pid = row.getLong(10);
        if (!row.wasNull()) {
            owners.add(new Owner(pid, row.getLong(11)));
        }
        Optional<SessionId> id = id(row.getString(2));
        Optional<String> title = Optional.ofNullable(row.getString(3));
        Optional<String> workspace = Optional.ofNullable(row.getString(4));
        Optional<String> parent = Optional.ofNullable(row.getString(5)).filter(each -> id(each).isPresent());
        return id.isEmpty() || title.isEmpty() || workspace.isEmpty()
                ? Optional.empty()
                : Optional.of(new SessionRow(
                        id.get(),
                        title.get(),
                        workspace.get(),
                        parent,
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9)));
    }

    private static Optional<EventRow> eventRow(ResultSet row) throws SQLException {
        Optional<SessionId> session = id(row.getString(2));
        if (session.isEmpty() || row.getLong(3) < 1) {
            return Optional.empty();
        }
        try {
            String payload = Packed.text(row, 6);
            EventJson.read(payload);
            return Optional.of(new EventRow(
                    session.get(),
                    row.getLong(3),
                    row.getLong(4),
                    SessionTable.type(payload),
                    payload,
                    row.getLong(7)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<SessionId> id(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(new SessionId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void keep(SessionRow row) {
        sound.update(
                "insert or ignore into session (id, title, workspace, parent, epoch, next_seq, created_at, updated_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                row.id().value(),
                row.title(),
                row.workspace(),
                row.parent().orElse(null),
                row.epoch(),
                row.nextSeq(),
                row.createdAt(),
                row.updatedAt());
    }

    private void keep(EventRow row) {
        sound.update(
                "insert or ignore into session_event (session_id, seq, epoch, type, payload, at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                row.session().value(),
                row.seq(),
                row.epoch(),
                row.type(),
                sound.dialect().payload(row.payload()),
                row.at());
    }

    /// Whose the sessions are. A database of an older version does not tell.
    private void keepUsers() {
        if (isThere("select name from pragma_table_info('session') where name = ?", "user_id")) {
            scan(
                    "select rowid, id, user_id from session where rowid > ? order by rowid limit 1",
                    row -> Optional.of(values(row, 2)),
                    values -> sound.update(
                            "update session set user_id = coalesce(?, user_id) where id = ?",
                            values.getLast(),
                            values.getFirst()));
        }
    }

    /// Rows that mean something by themselves. A database of an older version has not all of these tables.
    private void keepOthers() {
        OTHER_TABLES.forEach((table, columns) -> {
            if (isThere("select name from sqlite_schema where name = ?", table)) {
                int count = columns.split(",", -1).length;
                scan(
                        "select rowid, " + columns + " from " + table + " where rowid > ? order by rowid limit 1",
                        row -> Optional.of(values(row, count)),
                        values -> sound.update(
                                "insert or ignore into " + table + " (" + columns + ") values (?"
                                        + ", ?".repeat(count - 1) + ")",
                                values.toArray()));
            }
        });
    }

    private boolean isThere(String query, String name) {
        try {
            return !damaged.query(query, row -> row.getString(1), name).isEmpty();
        } catch (SessionException e) {
            return false;
        }
    }

    private static List<@Nullable Object> values(ResultSet row, int count) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int column = 2; column <= count + 1; column++) {
            values.add(row.getObject(column));
        }
        return values;
    }

    private void dropAfterGaps() {
        sound.update("delete from session_event where rowid in (select id from (select rowid as id, seq,"
                + " row_number() over (partition by session_id order by seq) as place from session_event)"
                + " where seq <> place)");
    }

    private void rebuildLostSessions() {
        List<SessionId> lost = sound.query(
                "select distinct session_id from session_event where session_id not in (select id from session)",
                row -> new SessionId(row.getString(1)));
        // Its clock dates new sessions only.
        SessionTable events = new SessionTable(sound, InstantSource.system());
        for (SessionId id : lost) {
            List<LogEntry> entries = events.entries(id, Long.MAX_VALUE);
            keep(new SessionRow(
                    id,
                    title(entries),
                    workspace(entries),
                    Optional.empty(),
                    0,
                    1,
                    entries.getFirst().at().toEpochMilli(),
                    entries.getLast().at().toEpochMilli()));
        }
    }

    private static String title(List<LogEntry> entries) {
        String title = entries.stream()
                .filter(entry -> entry.event() instanceof Event.UserSaid)
                .flatMap(
                        entry -> ((Event.UserSaid) entry.event()).text().strip().lines())
                .findFirst()
                .orElse("(recovered)");
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
    }

    private static String workspace(List<LogEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.event() instanceof Event.SessionStarted)
                .map(entry -> ((Event.SessionStarted) entry.event()).workspace())
                .findFirst()
                .orElse("");
    }

    /// Makes each session's row agree with the events it still has; an epoch never goes back.
    private void settleSessions() {
        sound.update("update session set"
                + " next_seq = 1 + (select count(*) from session_event where session_id = id),"
                + " epoch = max(epoch, coalesce((select max(epoch) from session_event where session_id = id), 0))");
        sound.query(
                        "select session_id, payload from session_event where type = 'turn_ended' order by rowid",
                        row -> List.of(row.getString(1), Packed.text(row, 2)))
                .forEach(ended ->
                        sound.update("update session set status = ? where id = ?", status(ended.get(1)), ended.get(0)));
    }

    private static String status(String payload) {
        return ((Event.TurnEnded) EventJson.read(payload)).outcome().status().word();
    }

    private long number(String sql) {
        return sound.query(sql, row -> row.getLong(1)).getFirst();
    }
}
