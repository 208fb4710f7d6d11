package dev.fettle.store.upkeep;

import java.util.List;
import java.util.Optional;

/// A table that a backup holds. What belongs to one moment or one machine is left out: who has a session
/// open, tasks, reservations; and what each database makes by itself, such as numbers of rows and indexes
/// of words.
///
/// @param order so that rows whose numbers are made anew keep their order
record ArchivedTable(String name, List<String> columns, String order) {
    static final List<ArchivedTable> ALL = List.of(
            table(
                    "session",
                    "id",
                    "id, title, workspace, user_id, parent, status, epoch, next_seq, created_at, updated_at"),
            table("session_event", "session_id, seq", "session_id, seq, epoch, type, payload, at"),
            table(
                    "run",
                    "id",
                    "id, session_id, user_id, said, settings, approve_all, status, message, activation, worker, crashes,"
                            + " position, question, answer, created_at, admitted_at, started_at, ended_at, cancelled_at"),
            table(
                    "charge",
                    "id",
                    "id, at, user_name, session_id, model, input_tokens, cache_read_tokens, cache_write_tokens,"
                            + " output_tokens, reasoning_tokens, cost"),
            table("user_account", "id", "id, name, name_key, role, created_at, deactivated_at"),
            table(
                    "api_key",
                    "id",
                    "id, user_id, label, lookup, hash, scopes, created_at, expires_at, last_used_at, revoked_at"),
            table("audit_entry", "id", "token, at, user_id, action, subject, detail"),
            table(
                    "idempotency",
                    "user_id, request_key",
                    "user_id, request_key, fingerprint, token, created_at, lapses_at, status, content_type, body"),
            table("fact", "id", "id, user_id, project, text, words, created_at, updated_at"),
            table("report", "day", "day, made_at, body"),
            table("tally", "user_id, name", "user_id, name, amount"));

    private static ArchivedTable table(String name, String order, String columns) {
        return new ArchivedTable(name, List.of(columns.split(", *", -1)), order);
    }

    static Optional<ArchivedTable> named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(ArchivedTable::name).toList();
    }

    boolean isPayload(int column) {
        return columns.get(column).equals("payload");
    }

    String selection() {
        return "select " + String.join(", ", columns) + " from " + name + " order by " + order;
    }

    String insertion() {
        return "insert into " + name + " (" + String.join(", ", columns) + ") values (?"
                + ", ?".repeat(columns.size() - 1) + ")";
    }
}
