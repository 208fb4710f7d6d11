package dev.fettle.server.api.guard;

import dev.fettle.core.user.ApiKey;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.core.user.Users;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.RequestHead;
import dev.fettle.server.gate.Authenticator;
import dev.fettle.server.token.Claims;
import dev.fettle.server.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/// Knows who asks by the token they send. Its user has to be one who is let in, and the key it was given for must still
/// open: what ends a key or shuts out a user ends their tokens too, as soon as [Remembered] says. A token opens no more
/// than its key, and no more than its user may do.
public record TokenAuthenticator(Tokens tokens, Users users, Keys keys, Remembered remembered, InstantSource clock)
        implements Authenticator {

    @Override
    public Optional<Caller> authenticate(RequestHead head) {
        return Presented.by(head)
                .flatMap(token -> remembered.caller(
                        "token " + digest(token), () -> tokens.read(token).flatMap(this::caller)));
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /// Names are compared to the letter: to an identity provider `Ann` and `ann` may be two people.
    private Optional<Caller> caller(Claims claims) {
        String subject = claims.subject();
        Optional<User> user = users.find(subject)
                .filter(each -> each.id().equals(subject) || each.name().equals(subject))
                .filter(User::isActive);
        Optional<ApiKey> key = user.flatMap(each -> key(each, claims));
        if (user.isEmpty() || (claims.key().isPresent() && key.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(KeyAuthenticator.caller(
                user.get().id(),
                scope -> claims.scopes().contains(scope)
                        && (scope != KeyScope.ADMIN || user.get().role() == Role.ADMIN)
                        && key.map(each -> each.scopes().contains(scope)).orElse(true)));
    }

    private Optional<ApiKey> key(User user, Claims claims) {
        return claims.key()
                .flatMap(id -> keys.list(user.id()).stream()
                        .filter(each -> each.id().equals(id) && each.isLiveAt(clock.instant()))
                        .findFirst());
    }
}
