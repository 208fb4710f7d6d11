package dev.fettle.store.sql;

import dev.fettle.core.idempotency.Idempotency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// The requests that were begun. Each beginning tries to put a row there first and looks afterwards whose it
/// is: the database lets only one of those who come together through, and makes the others wait until that
/// one is known.
public final class SqlIdempotency implements Idempotency {
    private final Sql sql;
    private final InstantSource clock;

    public SqlIdempotency(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    private record Known(String fingerprint, String token, Instant lapsesAt, Optional<Response> response) {}

    @Override
    public Start begin(Request request) {
        // Chosen before, so that a second try after a broken connection finds its own beginning.
        Start.Begun mine = new Start.Begun(request, UUID.randomUUID().toString());
        return sql.write(() -> {
            Instant now = clock.instant();
            sql.update(
                    "delete from idempotency where user_id = ? and request_key = ? and created_at <= ?",
                    request.user(),
                    request.key(),
                    now.minus(KEPT).toEpochMilli());
            sql.update(
                    "insert into idempotency (user_id, request_key, fingerprint, token, created_at, lapses_at)"
                            + " values (?, ?, ?, ?, ?, ?) on conflict (user_id, request_key) do nothing",
                    request.user(),
                    request.key(),
                    request.fingerprint(),
                    mine.token(),
                    now.toEpochMilli(),
                    now.plus(request.atMost()).toEpochMilli());
            // If it is gone, it was abandoned this moment; whoever asks again will get it.
            return known(request).map(known -> start(mine, known, now)).orElseGet(Start.InProgress::new);
        });
    }

    private Start start(Start.Begun mine, Known known, Instant now) {
        if (known.token().equals(mine.token())) {
            return mine;
        }
        if (!known.fingerprint().equals(mine.request().fingerprint())) {
            return new Start.Mismatch();
        }
        if (known.response().isPresent()) {
            return new Start.Replay(known.response().get());
        }
        if (known.lapsesAt().isAfter(now)) {
            return new Start.InProgress();
        }
        sql.update(
                "update idempotency set token = ?, created_at = ?, lapses_at = ? where user_id = ? and request_key = ?",
                mine.token(),
                now.toEpochMilli(),
                now.plus(mine.request().atMost()).toEpochMilli(),
                mine.request().user(),
                mine.request().key());
        return mine;
    }

    private Optional<Known> known(Request request) {
        return sql
                .query(
                        "select fingerprint, token, lapses_at, status, content_type, body from idempotency"
                                + " where user_id = ? and request_key = ?"
                                + sql.dialect().rowLock(),
                        this::known,
                        request.user(),
                        request.key())
                .stream()
                .findFirst();
    }

    private Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getString(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getObject(4) == null
                        ? Optional.empty()
                        : Optional.of(new Response(row.getInt(4), row.getString(5), row.getString(6))));
    }

    @Override
    public void finish(Start.Begun begun, Response response) {
        sql.write(() -> sql.update(
                "update idempotency set status = ?, content_type = ?, body = ?"
                        + " where user_id = ? and request_key = ? and token = ?",
                response.status(),
                response.contentType(),
                response.body(),
                begun.request().user(),
                begun.request().key(),
                begun.token()));
    }

    @Override
    public void abandon(Start.Begun begun) {
        sql.write(() -> sql.update(
                "delete from idempotency where user_id = ? and request_key = ? and token = ? and status is null",
                begun.request().user(),
                begun.request().key(),
                begun.token()));
    }

    @Override
    public int dropExpired() {
        return sql.write(() -> sql.update(
                "delete from idempotency where created_at <= ?",
                clock.instant().minus(KEPT).toEpochMilli()));
    }
}
