package dev.fettle.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The tokens that are believed: those of this service, and those of an identity provider.
///
/// What a token says is read only after its signature was found right, and nothing it says decides how that is found:
/// the
/// algorithm goes with the key, and the keys are those that the operator configured. A header that brings a key along,
/// or
/// tells where to get one (`jwk`, `jku`, `x5u`, `x5c`), or has anything else that is not needed, is refused as a whole;
/// so is what is encrypted. RFC 8725 tells the stories behind these rules.
public final class Tokens {
    private static final int LONGEST = 8_192;
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ", "x5t", "x5t#S256");
    private static final Set<JOSEObjectType> TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));
    /// Clocks differ.
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Optional<OwnTokens> own;
    private final List<Issuer> issuers;
    private final InstantSource clock;

    public Tokens(Optional<OwnTokens> own, Optional<IdentityProvider> provider, InstantSource clock) {
        this.own = own;
        this.issuers = Stream.concat(own.stream(), provider.stream())
                .map(Issuer.class::cast)
                .toList();
        this.clock = clock;
    }

    /// No token is believed, and none is given.
    public static Tokens none() {
        return new Tokens(Optional.empty(), Optional.empty(), InstantSource.system());
    }

    /// Those that this service gives, if it does.
    public Optional<OwnTokens> own() {
        return own;
    }

    /// What a token says, if it is one that is believed now.
    public Optional<Claims> read(String presented) {
        if (presented.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            SignedJWT token = SignedJWT.parse(presented);
            if (!isPlain(token.getHeader())) {
                return Optional.empty();
            }
            for (Issuer issuer : issuers) {
                if (issuer.hasSigned(token)) {
                    return Optional.of(token.getJWTClaimsSet())
                            .filter(said -> isGood(said, issuer.mark()))
                            .map(Claims::of);
                }
            }
            return Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(JWSHeader header) {
        return HEADER.containsAll(header.getIncludedParams())
                && (header.getType() == null || TYPES.contains(header.getType()));
    }

    private boolean isGood(JWTClaimsSet said, Issuer.Mark mark) {
        Instant earliest = clock.instant().minus(SKEW);
        Instant latest = clock.instant().plus(SKEW);
        return mark.issuer().equals(said.getIssuer())
                && said.getAudience().contains(mark.audience())
                && said.getSubject() != null
                && said.getExpirationTime() != null
                && said.getExpirationTime().toInstant().isAfter(earliest)
                && !said.getExpirationTime().toInstant().isAfter(latest.plus(mark.longest()))
                && hasCome(said.getNotBeforeTime(), latest)
                && hasCome(said.getIssueTime(), latest);
    }

    private static boolean hasCome(Date moment, Instant latest) {
        return moment == null || !moment.toInstant().isAfter(latest);
    }
}
