package dev.fettle.server.api.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.KeySecret;
import dev.fettle.core.user.Keys;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.RequestHead;
import dev.fettle.server.gate.Authenticator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Knows who asks by the key they send: `Authorization: Bearer fk_…` or `X-API-Key: fk_…`. Whom a key lets in is
/// remembered for two seconds under the key's hash, so that a busy client does not cost a look into the database each
/// time; as long may a key still open that was revoked by another process.
public final class KeyAuthenticator implements Authenticator {
    private static final Duration REMEMBERED = Duration.ofSeconds(2);
    private static final int MOST = 10_000;
    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(\\S+)");

    private final Keys keys;
    private final Cache<String, Caller> known;

    public KeyAuthenticator(Keys keys, InstantSource clock) {
        this.keys = keys;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REMEMBERED)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /// Looks everybody up anew from here on, as when a key was revoked.
    public void forget() {
        known.invalidateAll();
    }

    @Override
    public Optional<Caller> authenticate(RequestHead head) {
        return presented(head).flatMap(KeySecret::read).flatMap(this::caller);
    }

    /// Two keys in one request have no meaning, unless they are the same.
    private static Optional<String> presented(RequestHead head) {
        Optional<String> bearer = head.header("Authorization")
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1));
        Optional<String> plain = head.header("X-API-Key");
        if (bearer.isPresent() && plain.isPresent() && !bearer.equals(plain)) {
            return Optional.empty();
        }
        return bearer.or(() -> plain);
    }

    private Optional<Caller> caller(KeySecret secret) {
        String name = secret.lookup() + secret.hash();
        Optional<Caller> remembered = Optional.ofNullable(known.getIfPresent(name));
        if (remembered.isPresent()) {
            return remembered;
        }
        try {
            Optional<Caller> caller = keys.authenticate(secret.reveal()).map(KeyAuthenticator::caller);
            caller.ifPresent(each -> known.put(name, each));
            return caller;
        } catch (SessionException e) {
            throw Troubles.problem(e).exception();
        }
    }

    /// An administrator's key that does not open everything opens only what is the administrator's own.
    private static Caller caller(Keys.Caller caller) {
        return new Caller(
                caller.user().id(),
                caller.may(KeyScope.ADMIN) ? Caller.Role.ADMIN : Caller.Role.USER,
                Arrays.stream(KeyScope.values())
                        .filter(caller::may)
                        .map(KeyScope::word)
                        .collect(Collectors.toSet()));
    }
}
