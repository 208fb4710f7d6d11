package dev.fettle.server.api.guard;

import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.KeySecret;
import dev.fettle.core.user.Keys;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.RequestHead;
import dev.fettle.server.gate.Authenticator;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Knows who asks by the key they send. A key that was revoked by another process may still open for the two seconds
/// that are [Remembered].
public record KeyAuthenticator(Keys keys, Remembered remembered) implements Authenticator {

    @Override
    public Optional<Caller> authenticate(RequestHead head) {
        return Presented.by(head)
                .flatMap(KeySecret::read)
                .flatMap(secret -> remembered.caller(
                        secret.lookup() + secret.hash(),
                        () -> keys.authenticate(secret.reveal())
                                .map(known -> caller(known.user().id(), known::may))));
    }

    /// An administrator with a key that does not open everything gets at only what is the administrator's own.
    static Caller caller(String user, Predicate<KeyScope> may) {
        Set<String> scopes =
                Arrays.stream(KeyScope.values()).filter(may).map(KeyScope::word).collect(Collectors.toSet());
        return new Caller(user, may.test(KeyScope.ADMIN) ? Caller.Role.ADMIN : Caller.Role.USER, scopes);
    }
}
