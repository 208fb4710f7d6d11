package dev.fettle.server.exchange;

import java.util.Set;

/// Who is asking, once that is proven.
///
/// @param user the user's id; printed in the log
/// @param scopes what the key or token they came with allows
public record Caller(String user, Role role, Set<String> scopes) {
    /// What a user may see and change.
    public enum Role {
        USER,
        ADMIN
    }

    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
