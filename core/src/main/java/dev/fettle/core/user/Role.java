package dev.fettle.core.user;

import java.util.Locale;

/// What a user may do.
public enum Role {
    /// Everything, to everybody's sessions, users and keys.
    ADMIN,
    /// What concerns only themselves.
    USER;

    /// As it is written on the wire and in databases.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
