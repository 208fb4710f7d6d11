package dev.fettle.core.text;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// Ids that are unique and sort by the time they were made: UUIDv7 (RFC 9562 §5.7).
public final class Uuid7 {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Uuid7() {}

    /// 32 hexadecimal digits, without the dashes.
    public static String at(Instant created) {
        long high = created.toEpochMilli() << 16 | 0x7000 | RANDOM.nextInt(0x1000);
        long low = RANDOM.nextLong() >>> 2 | 0x8000000000000000L;
        return new UUID(high, low).toString().replace("-", "");
    }
}
