package dev.fettle.core.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What was asked, by whom.
///
/// @param tenant a user's id: nobody is ever given what was kept for another
/// @param digest the SHA-256 of all that was asked
public record CacheKey(String tenant, String digest) {
    public CacheKey {
        if (tenant.isEmpty() || digest.isEmpty()) {
            throw new IllegalArgumentException("A key needs a tenant and a digest");
        }
    }

    /// The key of all these texts, in this order. Each counts with its length, so that none is taken for a part of
    /// another.
    public static CacheKey of(String tenant, String... asked) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String text : asked) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                sha.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                sha.update(bytes);
            }
            return new CacheKey(tenant, HexFormat.of().formatHex(sha.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
