package dev.fettle.store.sql;

import dev.fettle.core.id.TimedId;
import dev.fettle.core.memory.Fact;
import dev.fettle.core.memory.Meaning;
import dev.fettle.core.memory.Meanings;
import dev.fettle.core.memory.Memory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The facts, and an index of their words: FTS5 with BM25 in SQLite, full-text search in PostgreSQL. The
/// databases keep the index in step by themselves. What a fact means to a model is in its row, so that it goes with the
/// text it was read from.
public final class SqlMemory implements Memory, Meanings {
    private static final String COLUMNS = "id, user_id, project, text, created_at, updated_at";

    private final Sql sql;
    private final InstantSource clock;

    public SqlMemory(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public Fact remember(Scope scope, String text) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Fact fact = new Fact(TimedId.of(Fact.ID_PREFIX, now), scope.user(), scope.project(), text, now, now);
        sql.write(() -> sql.update(
                "insert into fact (id, user_id, project, text, words, created_at, updated_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
                fact.id(),
                fact.user(),
                project(scope),
                text,
                Words.of(text),
                now.toEpochMilli(),
                now.toEpochMilli()));
        return fact;
    }

    @Override
    public List<Fact> recall(Scope scope, String query, int limit) {
        requireSound(limit);
        List<String> words = Words.sought(query);
        if (words.isEmpty()) {
            return List.of();
        }
        return sql.query(
                "select " + COLUMNS + " from " + sql.dialect().factsMatching()
                        + " and user_id = ? and (project is null or project = ?)"
                        + " order by " + sql.dialect().relevanceOfFacts() + " desc, updated_at desc, id desc limit ?",
                this::fact,
                sql.dialect().anyOf(words),
                scope.user(),
                project(scope),
                limit);
    }

    @Override
    public List<Fact> list(String user, int skip, int limit) {
        requireSound(limit);
        return sql.query(
                "select " + COLUMNS + " from fact where user_id = ? order by updated_at desc, id desc limit ? offset ?",
                this::fact,
                user,
                limit,
                skip);
    }

    @Override
    public List<Known> known(Scope scope, String model) {
        return sql.query(
                "select " + COLUMNS + ", case when meaning_model = ? then meaning end from fact"
                        + " where user_id = ? and (project is null or project = ?)"
                        + " order by updated_at desc, id desc limit ?",
                row -> new Known(fact(row), meaning(row.getBytes(7))),
                model,
                scope.user(),
                project(scope),
                MOST_AT_ONCE);
    }

    private Optional<Meaning> meaning(byte @Nullable [] bytes) {
        try {
            return Optional.ofNullable(bytes).map(Meaning::ofBytes);
        } catch (IllegalArgumentException e) {
            throw sql.damaged("what a fact means makes no sense (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void keep(String model, Map<Fact, Meaning> meanings) {
        sql.write(() -> {
            meanings.forEach((fact, meaning) -> sql.update(
                    "update fact set meaning = ?, meaning_model = ? where user_id = ? and id = ? and text = ?",
                    meaning.bytes(),
                    model,
                    fact.user(),
                    fact.id(),
                    fact.text()));
            return meanings.size();
        });
    }

    private static void requireSound(int limit) {
        if (limit < 1 || limit > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "Between 1 and %d facts are given at a time, not %d".formatted(MOST_AT_ONCE, limit));
        }
    }

    @Override
    public Optional<Fact> edit(String user, String id, String text) {
        Fact.checkText(text);
        sql.write(() -> sql.update(
                "update fact set text = ?, words = ?, updated_at = ?, meaning = null, meaning_model = null where user_id = ? and id = ?",
                text,
                Words.of(text),
                clock.millis(),
                user,
                id));
        return find(user, id);
    }

    /// Whether it was there is asked first: of a deletion done twice the second would find nothing.
    @Override
    public boolean forget(String user, String id) {
        boolean wasThere = find(user, id).isPresent();
        sql.write(() -> sql.update("delete from fact where user_id = ? and id = ?", user, id));
        return wasThere;
    }

    private Optional<Fact> find(String user, String id) {
        return sql.query("select " + COLUMNS + " from fact where user_id = ? and id = ?", this::fact, user, id).stream()
                .findFirst();
    }

    @Override
    public Statistics statistics(String user) {
        return sql.query(
                        "select count(*), coalesce(sum(length(text)), 0), count(distinct project), max(updated_at)"
                                + " from fact where user_id = ?",
                        row -> new Statistics(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getObject(4) == null
                                        ? Optional.empty()
                                        : Optional.of(Instant.ofEpochMilli(row.getLong(4)))),
                        user)
                .getFirst();
    }

    @Override
    public int dropOlderThan(Instant moment) {
        return sql.write(() -> sql.update("delete from fact where updated_at < ?", moment.toEpochMilli()));
    }

    private static @Nullable String project(Scope scope) {
        return scope.project().orElse(null);
    }

    private Fact fact(ResultSet row) throws SQLException {
        try {
            return new Fact(
                    row.getString(1),
                    row.getString(2),
                    Optional.ofNullable(row.getString(3)),
                    row.getString(4),
                    Instant.ofEpochMilli(row.getLong(5)),
                    Instant.ofEpochMilli(row.getLong(6)));
        } catch (IllegalArgumentException e) {
            throw sql.damaged("a fact makes no sense (" + e.getMessage() + ")", e);
        }
    }
}
