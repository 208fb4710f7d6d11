package dev.fettle.server.api;

import dev.fettle.core.id.TimedId;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.user.ApiKey;
import dev.fettle.core.user.KeySecret;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.core.user.UserException;
import dev.fettle.core.user.Users;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Users and keys that live as long as the test.
final class Registry implements Users, Keys {
    boolean isAway;
    private final InstantSource clock;
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, ApiKey> keys = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();

    Registry(InstantSource clock) {
        this.clock = clock;
    }

    private User put(User user) {
        users.put(user.id(), user);
        return user;
    }

    private User get(String id) {
        return find(id).orElseThrow(() -> new UserException(UserException.Kind.NOT_FOUND, "No user " + id));
    }

    @Override
    public synchronized User add(String name, Role role) {
        if (find(name).isPresent()) {
            throw new UserException(UserException.Kind.NAME_TAKEN, "`%s` is taken.".formatted(name));
        }
        return put(new User(TimedId.of(User.ID_PREFIX, clock.instant()), name, role, true, clock.instant()));
    }

    @Override
    public synchronized Optional<User> find(String idOrName) {
        return users.values().stream()
                .filter(user -> user.id().equals(idOrName) || user.name().equalsIgnoreCase(idOrName))
                .findFirst();
    }

    @Override
    public synchronized List<User> list() {
        return List.copyOf(users.values());
    }

    @Override
    public synchronized User rename(String id, String name) {
        User was = get(id);
        return put(new User(id, name, was.role(), was.isActive(), was.createdAt()));
    }

    @Override
    public synchronized User setRole(String id, Role role) {
        User was = get(id);
        if (role != Role.ADMIN) {
            requireAnother(id);
        }
        return put(new User(id, was.name(), role, was.isActive(), was.createdAt()));
    }

    @Override
    public synchronized User deactivate(String id) {
        User was = get(id);
        requireAnother(id);
        return put(new User(id, was.name(), was.role(), false, was.createdAt()));
    }

    private void requireAnother(String id) {
        List<String> admins = users.values().stream()
                .filter(user -> user.isActive() && user.role() == Role.ADMIN)
                .map(User::id)
                .toList();
        if (admins.equals(List.of(id))) {
            throw new UserException(UserException.Kind.LAST_ADMIN, "`%s` is the last.".formatted(id));
        }
    }

    @Override
    public synchronized User activate(String id) {
        User was = get(id);
        return put(new User(id, was.name(), was.role(), true, was.createdAt()));
    }

    @Override
    public synchronized Created create(Order order) {
        ApiKey key = new ApiKey(
                TimedId.of(ApiKey.ID_PREFIX, clock.instant()),
                order.user(),
                order.label(),
                order.scopes(),
                clock.instant(),
                order.expiresAt(),
                Optional.empty(),
                false);
        KeySecret secret = KeySecret.create();
        keys.put(key.id(), key);
        secrets.put(secret.reveal(), key.id());
        return new Created(key, secret);
    }

    @Override
    public synchronized Optional<Caller> authenticate(String presented) {
        if (isAway) {
            throw new SessionException(SessionException.Kind.STORAGE, "The registry is away");
        }
        return Optional.ofNullable(secrets.get(presented))
                .map(keys::get)
                .filter(key -> key.isLiveAt(clock.instant()))
                .map(key -> new Caller(get(key.user()), key))
                .filter(caller -> caller.user().isActive());
    }

    @Override
    public synchronized boolean revoke(String user, String id) {
        return keys.computeIfPresent(
                        id,
                        (_, was) -> new ApiKey(
                                id,
                                was.user(),
                                was.label(),
                                was.scopes(),
                                was.createdAt(),
                                was.expiresAt(),
                                was.lastUsedAt(),
                                true))
                != null;
    }

    @Override
    public synchronized List<ApiKey> list(String user) {
        return new ArrayList<>(keys.values())
                .stream().filter(key -> key.user().equals(user)).toList();
    }

    @Override
    public int dropDeadSince(Instant moment) {
        throw new UnsupportedOperationException("Nothing here asks for it");
    }
}
