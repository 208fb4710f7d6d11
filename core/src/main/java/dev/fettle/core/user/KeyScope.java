package dev.fettle.core.user;

import java.util.Locale;

/// What a key opens. It never opens more than its user may do.
public enum KeyScope {
    /// Looking at the user's sessions, runs, costs and facts.
    READ,
    /// Starting runs, and changing what is the user's own.
    RUN,
    /// What only an administrator may do.
    ADMIN;

    /// As it is written on the wire and in databases.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
