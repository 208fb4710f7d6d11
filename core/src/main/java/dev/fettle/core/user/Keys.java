package dev.fettle.core.user;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps the keys that let programs in as a user. Safe for use by several threads and processes; the time is
/// that of the store's clock. Throws [dev.fettle.core.session.SessionException] of kind `STORAGE` when the
/// database does not serve.
public interface Keys {

    /// A key that opens until it is revoked.
    default Created create(String user, String label, Set<KeyScope> scopes) {
        return create(new Order(user, label, scopes, Optional.empty()));
    }

    /// A new key, with the secret that is never shown again.
    ///
    /// @throws UserException of kind `NOT_FOUND` if there is no such user
    /// @throws IllegalArgumentException with a message for whoever ordered it, if the label is blank or
    ///     too long, there is no scope, or the end is not in the future
    Created create(Order order);

    /// Whom a key lets in. What has not the form of a key, one that does not exist, is revoked or expired,
    /// and one whose user is shut out all give the same answer: nobody.
    Optional<Caller> authenticate(String presented);

    /// Makes a key open nothing any more.
    ///
    /// @return whether the user has such a key, be it revoked before
    boolean revoke(String user, String id);

    /// A user's keys, the oldest first, also those that do not open any more.
    List<ApiKey> list(String user);

    /// Removes those that were revoked or expired before a moment.
    ///
    /// @return how many those were
    int dropDeadSince(Instant moment);

    /// What a key is to be.
    ///
    /// @param user the id of whoever it lets in
    /// @param scopes at least one
    /// @param expiresAt from when on it opens nothing
    record Order(String user, String label, Set<KeyScope> scopes, Optional<Instant> expiresAt) {
        public Order {
            scopes = Set.copyOf(scopes);
            if (scopes.isEmpty()) {
                throw new IllegalArgumentException("A key without a scope opens nothing; give it read, run or admin.");
            }
        }
    }

    record Created(ApiKey key, KeySecret secret) {}

    /// Who is at the door, and with which key.
    record Caller(User user, ApiKey key) {
        /// Whether the key opens this and its user may do it: who is no administrator any more has no key
        /// that is.
        public boolean may(KeyScope scope) {
            return key.scopes().contains(scope) && (scope != KeyScope.ADMIN || user.role() == Role.ADMIN);
        }
    }
}
