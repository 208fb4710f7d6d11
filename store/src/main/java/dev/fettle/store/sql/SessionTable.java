package dev.fettle.store.sql;

import dev.fettle.core.feed.Heads;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The sessions and their events, apart from who may append.
public final class SessionTable {
    private static final String COLUMNS = "id, title, workspace, parent, status, created_at, updated_at, user_id";
    private static final String FORK_MARK = " (fork)";

    private final Sql sql;
    private final InstantSource clock;

    public SessionTable(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    public static SessionException notFound(SessionId id) {
        return new SessionException(
                SessionException.Kind.NOT_FOUND,
                "There is no session %s; `fettle sessions list` shows them".formatted(id));
    }

    public static SessionException lost(SessionId id) {
        return new SessionException(
                SessionException.Kind.LOST,
                "Session %s has been taken over by another process; this turn stops here".formatted(id));
    }

    /// The word in `{"type":"the_word",…`, which every event begins with.
    public static String type(String payload) {
        int start = payload.indexOf(':') + 2;
        return payload.substring(start, payload.indexOf('"', start));
    }

    /// The word for how a turn that these end has ended; null if they end none.
    public static @Nullable String statusAfter(List<? extends Event> events) {
        return events.getLast() instanceof Event.TurnEnded ended
                ? ended.outcome().status().word()
                : null;
    }

    public Session create(String workspace, String title, String user) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        SessionId id = SessionId.at(now);
        sql.write(() -> sql.update(
                "insert into session (id, title, workspace, user_id, created_at, updated_at) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (id) do nothing",
                id.value(),
                title,
                workspace,
                user,
                now.toEpochMilli(),
                now.toEpochMilli()));
        return new Session(id, title, workspace, user, now, now, Optional.empty(), Optional.empty());
    }

    public Optional<Session> find(SessionId id) {
        return sessions("where id = ?", id.value()).stream().findFirst();
    }

    public List<Session> list(SessionFilter filter) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        filter.user().ifPresent(user -> {
            conditions.add("user_id = ?");
            parameters.add(user);
        });
        filter.workspace().ifPresent(workspace -> {
            conditions.add("workspace = ?");
            parameters.add(workspace);
        });
        filter.after().ifPresent(last -> {
            conditions.add("(updated_at, id) < (?, ?)");
            parameters.add(last.updatedAt().toEpochMilli());
            parameters.add(last.id().value());
        });
        parameters.add(filter.most());
        String which = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        return sessions(which + " order by updated_at desc, id desc limit ?", parameters.toArray());
    }

    public void rename(SessionId id, String title) {
        int changed = sql.write(() -> sql.update("update session set title = ? where id = ?", title, id.value()));
        if (changed == 0) {
            throw notFound(id);
        }
    }

    /// To be called by a [Sql#write] that has made sure that nobody has the session.
    public void delete(SessionId id) {
        sql.update("delete from session_event where session_id = ?", id.value());
        sql.update("delete from session where id = ?", id.value());
    }

    /// A copy up to a position.
    public Session fork(SessionId id, long last) {
        long now = clock.millis();
        SessionId copy = SessionId.at(Instant.ofEpochMilli(now));
        return sql.write(() -> {
            Session original = sessions("where id = ?" + sql.dialect().rowLock(), id.value()).stream()
                    .findFirst()
                    .orElseThrow(() -> notFound(id));
            String title = original.title().endsWith(FORK_MARK) ? original.title() : original.title() + FORK_MARK;
            int made = sql.update(
                    "insert into session (id, title, workspace, user_id, parent, status, next_seq, created_at, updated_at)"
                            + " select ?, ?, workspace, user_id, id, ?, (select coalesce(max(seq), 0) + 1 from session_event"
                            + " where session_id = ? and seq <= ?), ?, ? from session where id = ?"
                            + " on conflict (id) do nothing",
                    copy.value(),
                    title,
                    statusAt(id, last),
                    id.value(),
                    last,
                    now,
                    now,
                    id.value());
            if (made > 0) {
                sql.update(
                        "insert into session_event (session_id, seq, epoch, type, payload, at)"
                                + " select ?, seq, 0, type, payload, at from session_event where session_id = ? and seq <= ?",
                        copy.value(),
                        id.value(),
                        last);
            }
            return find(copy).orElseThrow();
        });
    }

    /// How the last turn ended that had by then; null if none had.
    private @Nullable String statusAt(SessionId id, long last) {
        return sql
                .query(
                        "select seq, at, payload from session_event where session_id = ? and seq <= ?"
                                + " and type = 'turn_ended' order by seq desc limit 1",
                        row -> entry(id, row).event(),
                        id.value(),
                        last)
                .stream()
                .findFirst()
                .map(event -> statusAfter(List.of(event)))
                .orElse(null);
    }

    /// How far sessions are. Of their runs, those that have not ended tell, and the last one: it may have come and
    /// ended since somebody looked.
    public Map<SessionId, Heads.Head> heads(Set<SessionId> ids) {
        String wanted = ids.stream().map(SessionId::value).collect(Collectors.joining(","));
        Map<String, String> runs = sql
                .query(
                        "select session_id, id, status, coalesce(worker, ''), activation from run where session_id "
                                + sql.dialect().inList()
                                + " and (status in ('queued', 'ready', 'running', 'waiting') or id ="
                                + " (select max(l.id) from run l where l.session_id = run.session_id)) order by id",
                        row -> Map.entry(
                                row.getString(1),
                                String.join(
                                        " ", row.getString(2), row.getString(3), row.getString(4), row.getString(5))),
                        wanted)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.joining(", "))));
        return sql
                .query(
                        "select id, next_seq - 1 from session where id "
                                + sql.dialect().inList(),
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        wanted)
                .stream()
                .collect(Collectors.toMap(
                        each -> new SessionId(each.getKey()),
                        each -> new Heads.Head(each.getValue(), runs.getOrDefault(each.getKey(), ""))));
    }

    public List<LogEntry> history(SessionId id, long after) {
        List<LogEntry> found = entries(id, after, Long.MAX_VALUE);
        if (found.isEmpty() && find(id).isEmpty()) {
            throw notFound(id);
        }
        return found;
    }

    /// What [dev.fettle.core.session.SessionStore#lastTurn] gives, and nothing else is read.
    public List<LogEntry> lastTurn(SessionId id) {
        List<Long> before = sql.query(
                "select coalesce(max(seq), 0) from session_event where session_id = ? and type = 'turn_ended'"
                        + " and seq < (select max(seq) from session_event where session_id = ?)",
                row -> row.getLong(1),
                id.value(),
                id.value());
        return history(id, before.getFirst());
    }

    /// The events before a position, in order.
    public List<LogEntry> entries(SessionId id, long before) {
        return entries(id, 0, before);
    }

    private List<LogEntry> entries(SessionId id, long after, long before) {
        return sql.query(
                "select seq, at, payload from session_event where session_id = ? and seq > ? and seq < ? order by seq",
                row -> entry(id, row),
                id.value(),
                after,
                before);
    }

    private LogEntry entry(SessionId id, ResultSet row) throws SQLException {
        long seq = row.getLong(1);
        try {
            return new LogEntry(seq, Instant.ofEpochMilli(row.getLong(2)), EventJson.read(Packed.text(row, 3)));
        } catch (JacksonException e) {
            throw sql.damaged(
                    "event %d of session %s cannot be read, unless a newer Fettle wrote it (%s)"
                            .formatted(seq, id, e.getOriginalMessage()),
                    e);
        }
    }

    private List<Session> sessions(String which, Object... parameters) {
        return sql.query("select " + COLUMNS + " from session " + which, this::session, parameters);
    }

    private Session session(ResultSet row) throws SQLException {
        try {
            return new Session(
                    new SessionId(row.getString(1)),
                    row.getString(2),
                    row.getString(3),
                    row.getString(8),
                    Instant.ofEpochMilli(row.getLong(6)),
                    Instant.ofEpochMilli(row.getLong(7)),
                    Optional.ofNullable(row.getString(4)).map(SessionId::new),
                    status(row.getString(5)));
        } catch (IllegalArgumentException e) {
            throw sql.damaged("a session has no sound id (" + e.getMessage() + ")", e);
        }
    }

    private static Optional<Status> status(@Nullable String word) {
        return Arrays.stream(Status.values())
                .filter(each -> each.word().equals(word))
                .findFirst();
    }
}
