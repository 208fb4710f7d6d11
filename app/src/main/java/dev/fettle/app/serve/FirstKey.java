package dev.fettle.app.serve;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.core.user.UserException;
import dev.fettle.core.user.Users;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// How the first person gets in.
record FirstKey(Users users, Keys keys, Audit audit, InstantSource clock) {
    private static final String NAME = "admin";

    /// Whether anybody has a key that opens.
    boolean isThere() {
        return users.list().stream()
                .filter(User::isActive)
                .flatMap(user -> keys.list(user.id()).stream())
                .anyMatch(key -> key.isLiveAt(clock.instant()));
    }

    /// An administrator with a key, if there is no user at all.
    Optional<Keys.Created> make() {
        if (!users.list().isEmpty()) {
            return Optional.empty();
        }
        try {
            User admin = users.add(NAME, Role.ADMIN);
            audit.append(admin.id(), "key.create", admin.id(), "made at the first start");
            return Optional.of(keys.create(admin.id(), "first key", Set.of(KeyScope.values())));
        } catch (UserException e) {
            // Another server started at the same moment, and shows the key.
            return Optional.empty();
        }
    }
}
