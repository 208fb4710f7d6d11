package dev.fettle.core.user;

import java.time.Instant;
import java.util.regex.Pattern;

/// Somebody who may use a server.
///
/// @param id `usr_` and a UUIDv7; what everything else refers to, since names change
/// @param name what people call them; an address will do. It never looks like an id.
/// @param isActive whether they are let in
public record User(String id, String name, Role role, boolean isActive, Instant createdAt) {
    public static final String ID_PREFIX = "usr_";

    private static final Pattern NAME = Pattern.compile("(?!(?i:usr_))[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._@+-]{0,63}");

    public User {
        checkName(name);
    }

    /// Refuses what cannot be a name.
    ///
    /// @throws IllegalArgumentException with a message for whoever chose the name, unless it can be one
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(("A user name has 1 to 64 letters, digits and any of . _ @ + -, begins"
                            + " with a letter or digit, and not with usr_; this has %d characters: `%.80s`")
                    .formatted(name.length(), name));
        }
    }
}
