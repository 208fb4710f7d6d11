package dev.fettle.store.sql;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.audit.AuditEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/// The audit, in the order the database numbered its entries. A trigger refuses every change.
public final class SqlAudit implements Audit {
    private final Sql sql;
    private final InstantSource clock;

    public SqlAudit(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    private record Numbered(long number, AuditEntry entry) {}

    @Override
    public AuditEntry append(String user, String action, String subject, String detail) {
        AuditEntry entry = new AuditEntry(Instant.ofEpochMilli(clock.millis()), user, action, subject, detail);
        String token = UUID.randomUUID().toString();
        sql.write(() -> sql.update(
                "insert into audit_entry (token, at, user_id, action, subject, detail) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (token) do nothing",
                token,
                entry.at().toEpochMilli(),
                user,
                action,
                subject,
                detail));
        return entry;
    }

    @Override
    public Page page(Query query) {
        StringBuilder which = new StringBuilder("id < ?");
        List<Object> parameters = new ArrayList<>(List.of(query.before().orElse(Long.MAX_VALUE)));
        query.user().ifPresent(user -> {
            which.append(" and user_id = ?");
            parameters.add(user);
        });
        query.action().ifPresent(action -> {
            which.append(" and action = ?");
            parameters.add(action);
        });
        // One more than is shown tells whether there are more.
        parameters.add(query.limit() + 1);
        List<Numbered> found = sql.query(
                "select id, at, user_id, action, subject, detail from audit_entry where " + which
                        + " order by id desc limit ?",
                this::numbered,
                parameters.toArray());
        List<Numbered> shown = found.subList(0, Math.min(query.limit(), found.size()));
        return new Page(
                shown.stream().map(Numbered::entry).toList(),
                found.size() > shown.size() ? OptionalLong.of(shown.getLast().number()) : OptionalLong.empty());
    }

    @Override
    public int dropOlderThan(Instant moment) {
        return sql.write(() -> sql.update("delete from audit_entry where at < ?", moment.toEpochMilli()));
    }

    private Numbered numbered(ResultSet row) throws SQLException {
        try {
            return new Numbered(
                    row.getLong(1),
                    new AuditEntry(
                            Instant.ofEpochMilli(row.getLong(2)),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6)));
        } catch (IllegalArgumentException e) {
            throw sql.damaged("an entry of the audit makes no sense (" + e.getMessage() + ")", e);
        }
    }
}
