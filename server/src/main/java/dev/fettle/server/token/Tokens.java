package dev.fettle.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The tokens that are believed: those of this service, and those of an identity provider.
///
/// What a token says is read only after its signature was found right, and nothing it says decides how that
/// is found: the algorithm goes with the key, and the keys are those that the operator configured. A header
/// that brings a key along, or tells where to get one (`jwk`, `jku`, `x5u`, `x5c`), or has anything else that
/// is not needed, is refused as a whole; so is what is encrypted. RFC 8725 tells the stories behind these
/// rules.
public final class Tokens {
    private static final int LONGEST = 8_192;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]+");
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
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 503 if nobody can say
    public Optional<Claims> read(String presented) {
        Optional<SignedJWT> token = parsed(presented);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try {
            for (Issuer issuer : issuers) {
                if (issuer.hasSigned(token.get())) {
                    return claims(token.get(), issuer.mark());
                }
            }
            return Optional.empty();
        } catch (JOSEException e) {
            return Optional.empty();
        }
    }

    /// The library throws all sorts of things at a header such as `null`.
    private static Optional<SignedJWT> parsed(String presented) {
        if (presented.length() > LONGEST || !FORM.matcher(presented).matches()) {
            return Optional.empty();
        }
        try {
            SignedJWT token = SignedJWT.parse(presented);
            JWSHeader header = token.getHeader();
            boolean isPlain =
                    HEADER.containsAll(names(header)) && (header.getType() == null || TYPES.contains(header.getType()));
            return isPlain ? Optional.of(token) : Optional.empty();
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /// As they were sent: the library drops what is empty.
    private static Set<String> names(JWSHeader header) throws ParseException {
        return JSONObjectUtils.parse(header.getParsedBase64URL().decodeToString())
                .keySet();
    }

    private Optional<Claims> claims(SignedJWT token, Issuer.Mark mark) {
        try {
            JWTClaimsSet said = token.getJWTClaimsSet();
            Map<String, Object> raw = token.getPayload().toJSONObject();
            return isFor(said, mark) && isNow(raw, mark.longest()) ? Optional.of(Claims.of(said)) : Optional.empty();
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isFor(JWTClaimsSet said, Issuer.Mark mark) {
        return mark.issuer().equals(said.getIssuer())
                && said.getAudience().contains(mark.audience())
                && said.getSubject() != null;
    }

    /// In seconds as they were sent: a moment that is far enough away would overflow into the past.
    private boolean isNow(Map<String, Object> said, Duration longest) {
        double earliest = clock.instant().minus(SKEW).toEpochMilli() / 1000.0;
        double latest = clock.instant().plus(SKEW).toEpochMilli() / 1000.0;
        double end = seconds(said, "exp");
        return end > earliest
                && end <= latest + longest.toSeconds()
                && seconds(said, "nbf") <= latest
                && seconds(said, "iat") <= latest;
    }

    /// Long ago, if nothing is said; what is no number was refused before.
    private static double seconds(Map<String, Object> said, String name) {
        return said.get(name) instanceof Number number ? number.doubleValue() : 0;
    }
}
