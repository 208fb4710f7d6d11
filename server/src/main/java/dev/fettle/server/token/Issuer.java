package dev.fettle.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;

/// Whoever signs tokens that are believed.
sealed interface Issuer permits OwnTokens, IdentityProvider {

    /// Whether the signature is this issuer's. What else the token says has not been looked at yet.
    boolean hasSigned(SignedJWT token) throws JOSEException;

    /// What its tokens must say, besides.
    Mark mark();

    /// What is the same in all tokens of an issuer.
    ///
    /// @param issuer who gave them, as `iss` says
    /// @param audience whom they are for, as one of `aud`
    /// @param longest for how long they are good at most; one for longer was not given by rule
    record Mark(String issuer, String audience, Duration longest) {}
}
