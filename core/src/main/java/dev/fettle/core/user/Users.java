package dev.fettle.core.user;

import java.util.List;
import java.util.Optional;

/// Keeps users. None is ever removed, because sessions, bills and the audit refer to them; so no clean-up
/// concerns them. Safe for use by several threads and processes. Throws [UserException], and
/// [dev.fettle.core.session.SessionException] of kind `STORAGE` when the database does not serve.
public interface Users {

    /// Lets somebody in.
    ///
    /// @throws UserException of kind `NAME_TAKEN`
    /// @throws IllegalArgumentException if it cannot be a name; see [User#checkName]
    User add(String name, Role role);

    /// Who has an id or a name, however its letters are cased.
    Optional<User> find(String idOrName);

    /// All of them, those who came first before the others.
    List<User> list();

    /// Gives a user another name; the old one is free then.
    ///
    /// @throws UserException of kind `NAME_TAKEN` or `NOT_FOUND`
    /// @throws IllegalArgumentException if it cannot be a name
    User rename(String id, String name);

    /// Gives a user another role, from the next request on.
    ///
    /// @throws UserException of kind `NOT_FOUND`, or `LAST_ADMIN` if no active administrator were left
    User setRole(String id, Role role);

    /// Shuts somebody out, with all their keys, from the next request on.
    ///
    /// @throws UserException of kind `NOT_FOUND`, or `LAST_ADMIN` if no active administrator were left
    User deactivate(String id);

    /// Lets somebody in again, with the keys that are neither revoked nor expired.
    ///
    /// @throws UserException of kind `NOT_FOUND`
    User activate(String id);
}
