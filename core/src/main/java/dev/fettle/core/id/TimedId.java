package dev.fettle.core.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// Makes ids: a prefix that tells what they are of, and a UUIDv7 (RFC 9562 §5.7) without dashes. They are
/// unique wherever they are made, and sort by time to the millisecond.
public final class TimedId {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TimedId() {}

    /// A new id.
    ///
    /// @param prefix with its underscore, as in `usr_`
    public static String of(String prefix, Instant created) {
        long high = created.toEpochMilli() << 16 | 0x7000 | RANDOM.nextInt(0x1000);
        long low = RANDOM.nextLong() >>> 2 | 0x8000000000000000L;
        return prefix + new UUID(high, low).toString().replace("-", "");
    }
}
