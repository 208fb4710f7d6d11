package dev.fettle.store.sql;

import dev.fettle.core.id.TimedId;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.core.user.UserException;
import dev.fettle.core.user.Users;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The users. That a name is taken is found out by the database, which alone knows at the moment of writing.
public final class SqlUsers implements Users {
    static final String COLUMNS = "user_account.id, name, role, deactivated_at, user_account.created_at";
    static final int COLUMN_COUNT = 5;

    private final Sql sql;
    private final InstantSource clock;

    public SqlUsers(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public User add(String name, Role role) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        User user = new User(TimedId.of(User.ID_PREFIX, now), name, role, true, now);
        named(
                user.id(),
                name,
                () -> sql.write(() -> sql.update(
                        "insert into user_account (id, name, name_key, role, created_at) values (?, ?, ?, ?, ?)"
                                + " on conflict (id) do nothing",
                        user.id(),
                        name,
                        folded(name),
                        role.word(),
                        now.toEpochMilli())));
        return user;
    }

    @Override
    public Optional<User> find(String idOrName) {
        return users("where id = ? or name_key = ?", idOrName, folded(idOrName)).stream()
                .findFirst();
    }

    @Override
    public List<User> list() {
        return users("order by created_at, id");
    }

    @Override
    public User rename(String id, String name) {
        User.checkName(name);
        named(
                id,
                name,
                () -> sql.write(() -> sql.update(
                        "update user_account set name = ?, name_key = ? where id = ?", name, folded(name), id)));
        return require(id);
    }

    @Override
    public User setRole(String id, Role role) {
        return sql.write(() -> {
            if (role != Role.ADMIN) {
                requireAnother(id);
            }
            sql.update("update user_account set role = ? where id = ?", role.word(), id);
            return require(id);
        });
    }

    @Override
    public User deactivate(String id) {
        long now = clock.millis();
        return sql.write(() -> {
            requireAnother(id);
            sql.update("update user_account set deactivated_at = coalesce(deactivated_at, ?) where id = ?", now, id);
            return require(id);
        });
    }

    /// Two administrators may shut each other out at the same moment, so each locks all of them first.
    private void requireAnother(String id) {
        List<User> admins = users(
                "where role = ? and deactivated_at is null order by id"
                        + sql.dialect().rowLock(),
                Role.ADMIN.word());
        if (admins.size() == 1 && admins.getFirst().id().equals(id)) {
            throw new UserException(
                    UserException.Kind.LAST_ADMIN,
                    "`%s` is the only administrator who is let in; make somebody else one first"
                            .formatted(admins.getFirst().name()));
        }
    }

    @Override
    public User activate(String id) {
        sql.write(() -> sql.update("update user_account set deactivated_at = null where id = ?", id));
        return require(id);
    }

    User require(String id) {
        return users("where id = ?", id).stream()
                .findFirst()
                .orElseThrow(() -> new UserException(
                        UserException.Kind.NOT_FOUND, "There is no user with the id `%.80s`".formatted(id)));
    }

    /// Gives a user a name. Two who want the same may ask at the same moment, so nobody looks beforehand.
    private void named(String id, String name, Runnable change) {
        try {
            change.run();
        } catch (SessionException e) {
            Optional<User> holder = find(name);
            if (holder.isPresent() && !holder.get().id().equals(id)) {
                throw new UserException(
                        UserException.Kind.NAME_TAKEN,
                        "There is a user `%s` already; choose another name"
                                .formatted(holder.get().name()));
            }
            throw e;
        }
    }

    /// As names are compared; by Java, because databases know the cases of other alphabets or do not.
    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private List<User> users(String which, @Nullable Object... parameters) {
        return sql.query("select " + COLUMNS + " from user_account " + which, this::user, parameters);
    }

    /// Reads [#COLUMNS], which come first in the row.
    User user(ResultSet row) throws SQLException {
        try {
            return new User(
                    row.getString(1),
                    row.getString(2),
                    Role.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                    row.getObject(4) == null,
                    Instant.ofEpochMilli(row.getLong(5)));
        } catch (IllegalArgumentException e) {
            throw sql.damaged("a user makes no sense (" + e.getMessage() + ")", e);
        }
    }
}
