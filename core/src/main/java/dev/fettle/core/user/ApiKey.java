package dev.fettle.core.user;

import dev.fettle.core.text.TextLimit;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What is known of a key, which is not what opens: that was shown once, see [KeySecret].
///
/// @param id `key_` and a UUIDv7
/// @param user the id of whoever it lets in
/// @param label what it is for, in its user's words
/// @param scopes those this program knows; none opens nothing
/// @param lastUsedAt to within a minute
public record ApiKey(
        String id,
        String user,
        String label,
        Set<KeyScope> scopes,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        boolean isRevoked) {
    public static final String ID_PREFIX = "key_";

    private static final TextLimit LABEL = new TextLimit("The label of a key", 100);

    public ApiKey {
        LABEL.checkFilled(label);
        scopes = Set.copyOf(scopes);
    }

    /// Whether it still opens, as far as the key itself goes.
    public boolean isLiveAt(Instant now) {
        return !isRevoked && expiresAt.map(now::isBefore).orElse(true);
    }
}
