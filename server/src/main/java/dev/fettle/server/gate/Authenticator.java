package dev.fettle.server.gate;

import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.RequestHead;
import java.util.Optional;

/// Knows who sent a request by what its head carries.
public interface Authenticator {
    /// May block, as for a look into the database. Compares secrets in constant time.
    ///
    /// @return empty if the request carries no proof, or a false or outdated one; which of these is
    ///     nobody's business
    Optional<Caller> authenticate(RequestHead head);

    /// One that asks the other where this one knows nobody.
    default Authenticator or(Authenticator other) {
        return head -> authenticate(head).or(() -> other.authenticate(head));
    }
}
