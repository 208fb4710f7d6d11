package dev.fettle.store.sql;

import dev.fettle.core.id.TimedId;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.user.ApiKey;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.KeySecret;
import dev.fettle.core.user.Keys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The keys. Of a secret only its look-up part and a hash are kept, so who reads the database gets in
/// nowhere.
public final class SqlKeys implements Keys {
    /// Every request would write otherwise.
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    private static final String COLUMNS =
            "api_key.id, user_id, label, scopes, api_key.created_at, expires_at, last_used_at, revoked_at";

    private final Sql sql;
    private final SqlUsers users;
    private final InstantSource clock;

    public SqlKeys(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.users = new SqlUsers(sql, clock);
        this.clock = clock;
    }

    private record Candidate(Caller caller, String hash) {}

    @Override
    public Created create(Order order) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        ApiKey key = new ApiKey(
                TimedId.of(ApiKey.ID_PREFIX, now),
                users.require(order.user()).id(),
                order.label(),
                order.scopes(),
                now,
                order.expiresAt().map(each -> each.truncatedTo(ChronoUnit.MILLIS)),
                Optional.empty(),
                false);
        if (!key.isLiveAt(now)) {
            throw new IllegalArgumentException("A key that ends at %s never opens anything: it is %s"
                    .formatted(order.expiresAt().get(), now));
        }
        KeySecret secret = KeySecret.create();
        sql.write(() -> sql.update(
                "insert into api_key (id, user_id, label, lookup, hash, scopes, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
                key.id(),
                key.user(),
                key.label(),
                secret.lookup(),
                secret.hash(),
                key.scopes().stream().map(KeyScope::word).sorted().collect(Collectors.joining(",")),
                now.toEpochMilli(),
                millis(key.expiresAt())));
        return new Created(key, secret);
    }

    @Override
    public Optional<Caller> authenticate(String presented) {
        return KeySecret.read(presented).flatMap(this::caller);
    }

    private Optional<Caller> caller(KeySecret secret) {
        Instant now = clock.instant();
        // Should two keys have the same look-up part, the hash tells them apart.
        Optional<Caller> caller = sql
                .query(
                        "select " + SqlUsers.COLUMNS + ", " + COLUMNS + ", hash from api_key"
                                + " join user_account on user_account.id = user_id where lookup = ?",
                        row -> new Candidate(
                                new Caller(users.user(row), key(row, SqlUsers.COLUMN_COUNT)), row.getString("hash")),
                        secret.lookup())
                .stream()
                .filter(candidate -> secret.hasHash(candidate.hash()))
                .map(Candidate::caller)
                .filter(each -> each.user().isActive() && each.key().isLiveAt(now))
                .findFirst();
        caller.ifPresent(each -> noteUse(each.key(), now));
        return caller;
    }

    private void noteUse(ApiKey key, Instant now) {
        Instant due = now.minus(USE_IS_NOTED_EVERY);
        if (key.lastUsedAt().map(used -> !used.isAfter(due)).orElse(true)) {
            try {
                sql.update(
                        "update api_key set last_used_at = ? where id = ? and (last_used_at is null or last_used_at <= ?)",
                        now.toEpochMilli(),
                        key.id(),
                        due.toEpochMilli());
            } catch (SessionException e) {
                // A full disk must not shut out whoever comes to make room.
            }
        }
    }

    @Override
    public boolean revoke(String user, String id) {
        return sql.write(() -> sql.update(
                        "update api_key set revoked_at = coalesce(revoked_at, ?) where user_id = ? and id = ?",
                        clock.millis(),
                        user,
                        id))
                > 0;
    }

    @Override
    public List<ApiKey> list(String user) {
        return sql.query(
                "select " + COLUMNS + " from api_key where user_id = ? order by created_at, id",
                row -> key(row, 0),
                user);
    }

    @Override
    public int dropDeadSince(Instant moment) {
        return sql.write(() -> sql.update(
                "delete from api_key where revoked_at < ? or expires_at < ?",
                moment.toEpochMilli(),
                moment.toEpochMilli()));
    }

    /// Reads [#COLUMNS], which stand in the row after others.
    private ApiKey key(ResultSet row, int after) throws SQLException {
        try {
            return new ApiKey(
                    row.getString(after + 1),
                    row.getString(after + 2),
                    row.getString(after + 3),
                    scopes(row.getString(after + 4)),
                    Instant.ofEpochMilli(row.getLong(after + 5)),
                    moment(row, after + 6),
                    moment(row, after + 7),
                    row.getObject(after + 8) != null);
        } catch (IllegalArgumentException e) {
            throw sql.damaged("a key makes no sense (" + e.getMessage() + ")", e);
        }
    }

    /// A word that only a newer program knows opens nothing here.
    private static Set<KeyScope> scopes(String words) {
        List<String> known = List.of(words.split(",", -1));
        return Arrays.stream(KeyScope.values())
                .filter(scope -> known.contains(scope.word()))
                .collect(Collectors.toSet());
    }

    private static Optional<Instant> moment(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static @Nullable Long millis(Optional<Instant> moment) {
        return moment.map(Instant::toEpochMilli).orElse(null);
    }
}
