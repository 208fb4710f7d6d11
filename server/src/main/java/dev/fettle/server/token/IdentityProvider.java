package dev.fettle.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.Optional;

/// The tokens of an identity provider (OpenID Connect), checked with the keys it publishes. A key knows one algorithm,
/// whatever a token says: RS256 for RSA, ES256 for P-256.
public final class IdentityProvider implements Issuer {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int SMALLEST_RSA = 2048;

    private final PublishedKeys keys;
    private final Mark mark;

    /// A provider as it is believed.
    ///
    /// @param issuer what its tokens say they come from
    /// @param audience what those for this service say they are for
    public IdentityProvider(PublishedKeys keys, String issuer, String audience) {
        this.keys = keys;
        this.mark = new Mark(issuer, audience, LONGEST);
    }

    @Override
    public boolean hasSigned(SignedJWT token) throws JOSEException {
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        if (!algorithm.equals(JWSAlgorithm.RS256) && !algorithm.equals(JWSAlgorithm.ES256)) {
            return false;
        }
        Optional<JWK> key = keys.find(Optional.ofNullable(token.getHeader().getKeyID()));
        Optional<JWSVerifier> verifier = key.isPresent() ? verifier(key.get(), algorithm) : Optional.empty();
        return verifier.isPresent() && token.verify(verifier.get());
    }

    private static Optional<JWSVerifier> verifier(JWK key, JWSAlgorithm wanted) throws JOSEException {
        boolean isForThis = (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getAlgorithm() == null || key.getAlgorithm().equals(wanted));
        return switch (key) {
            case RSAKey rsa
            when isForThis && wanted.equals(JWSAlgorithm.RS256) && rsa.size() >= SMALLEST_RSA ->
                Optional.of(new RSASSAVerifier(rsa.toRSAPublicKey()));
            case ECKey ec
            when isForThis && wanted.equals(JWSAlgorithm.ES256) && ec.getCurve().equals(Curve.P_256) ->
                Optional.of(new ECDSAVerifier(ec.toECPublicKey()));
            default -> Optional.empty();
        };
    }

    @Override
    public Mark mark() {
        return mark;
    }
}
