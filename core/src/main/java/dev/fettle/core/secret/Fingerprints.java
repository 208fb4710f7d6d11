package dev.fettle.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tells values apart without keeping them: HMAC-SHA256 (RFC 2104), so that who has a log but not the key cannot try
/// values. The values met last are remembered while the process lives. Safe for use by several threads.
final class Fingerprints {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MOST_REMEMBERED = 10_000;

    private final SecretKeySpec key;
    private final SequencedMap<String, String> values = new LinkedHashMap<>();

    Fingerprints(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    String remember(String value) {
        String fingerprint = of(value);
        synchronized (values) {
            values.putLast(fingerprint, value);
            if (values.size() > MOST_REMEMBERED) {
                values.pollFirstEntry();
            }
        }
        return fingerprint;
    }

    Optional<String> value(String fingerprint) {
        synchronized (values) {
            return Optional.ofNullable(values.get(fingerprint));
        }
    }

    private String of(String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
