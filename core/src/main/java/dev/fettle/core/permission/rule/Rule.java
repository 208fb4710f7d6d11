package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.Decision;
import dev.fettle.core.permission.RuleId;
import dev.fettle.core.permission.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is to happen with the permissions that it fits.
///
/// @param project the directory it is for, present exactly if its scope is [Scope#PROJECT]
/// @param reason shown when it asks or refuses; may be empty for one that allows
public record Rule(
        RuleId id,
        Match match,
        Verdict verdict,
        Scope scope,
        Optional<String> project,
        Examples examples,
        String reason) {

    /// What a rule says.
    public enum Verdict {
        ALLOW,
        ASK,
        DENY;

        /// As files and reports write it.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Commands or paths that a rule has to fit, and some that it must not. Checked when a file is read.
    public record Examples(List<String> match, List<String> noMatch) {
        public static final Examples NONE = new Examples(List.of(), List.of());

        public Examples {
            match = List.copyOf(match);
            noMatch = List.copyOf(noMatch);
        }
    }

    Decision decision() {
        return switch (verdict) {
            case ALLOW -> new Decision.Allow(id);
            case ASK -> new Decision.Ask(id, reason);
            case DENY -> new Decision.Deny(id, reason);
        };
    }

    /// Whether it is for this workspace.
    boolean isFor(String workspace) {
        return project.isEmpty() || project.get().equals(workspace);
    }
}
