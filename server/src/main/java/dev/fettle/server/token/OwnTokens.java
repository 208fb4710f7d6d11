package dev.fettle.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The tokens of this service, signed with a secret that all its processes know (HS256).
public final class OwnTokens implements Issuer {
    private static final int SHORTEST = 32;
    private static final String NAME = "fettle";

    private final byte[] secret;
    private final Duration life;
    private final InstantSource clock;

    /// Tokens that are signed and checked with this secret.
    ///
    /// @param secret at least 32 characters, since whoever guesses it is everybody
    /// @param life how long a token is good
    public OwnTokens(String secret, Duration life, InstantSource clock) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "A secret that signs tokens has at least %d characters".formatted(SHORTEST));
        }
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.life = life;
        this.clock = clock;
    }

    /// What its bearer shows, and how long that counts.
    public record Given(String token, Duration life) {}

    /// A token for whom a key lets in. It opens nothing that the key does not, and not longer than the key does.
    public Given give(Keys.Caller caller, Set<KeyScope> scopes) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(NAME)
                        .audience(NAME)
                        .subject(caller.user().id())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(life)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim(Claims.SCOPE, words(scopes))
                        .claim(Claims.KEY, caller.key().id())
                        .build());
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
        return new Given(token.serialize(), life);
    }

    /// As RFC 6749 §3.3 writes them.
    public static String words(Set<KeyScope> scopes) {
        return scopes.stream().sorted().map(KeyScope::word).collect(Collectors.joining(" "));
    }

    @Override
    public boolean hasSigned(SignedJWT token) throws JOSEException {
        return token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && token.verify(new MACVerifier(secret));
    }

    @Override
    public Mark mark() {
        return new Mark(NAME, NAME, life);
    }
}
