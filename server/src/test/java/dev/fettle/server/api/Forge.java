package dev.fettle.server.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/// Makes tokens of any kind, by hand: a library would refuse to make most of these.
final class Forge {
    private Forge() {}

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String unsigned(String header, String claims) {
        return base64(header) + "." + base64(claims);
    }

    static String hmac(String algorithm, byte[] key, String header, String claims) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            String text = unsigned(header, claims);
            return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String signed(String algorithm, PrivateKey key, String header, String claims) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            String text = unsigned(header, claims);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// The claims with some of them others, or gone where the other is no value.
    static String with(Map<String, Object> claims, Map<String, Object> others) {
        Map<String, Object> all = new LinkedHashMap<>(claims);
        others.forEach((name, value) -> {
            if (value instanceof Gone) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        return JsonMapper.shared().writeValueAsString(all);
    }

    /// Stands for a claim that is not there.
    record Gone() {}
}
