package dev.fettle.core.permission;

import java.util.List;

/// What a person is asked.
///
/// @param reason why it is asked; may be empty
/// @param scopes for how long a yes may hold; [Scope#ONCE] is always there
public record Question(Permission permission, String reason, List<Scope> scopes) {
    public Question {
        scopes = List.copyOf(scopes);
    }

    /// A question whose answer holds once.
    public Question(Permission permission, String reason) {
        this(permission, reason, List.of(Scope.ONCE));
    }
}
