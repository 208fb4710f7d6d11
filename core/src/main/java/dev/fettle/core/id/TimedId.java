package dev.fettle.core.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Makes ids: a prefix that tells what they are of, and a UUIDv7 (RFC 9562 §5.7) without dashes. They are
/// unique wherever they are made, and sort by time to the millisecond; those of one process in the order they were
/// made.
public final class TimedId {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int COUNTER_BITS = 12;
    private static final int COUNTER_START = 1 << 11;
    /// The last one's milliseconds, and a counter within them; a counter that overflows runs ahead of the clock.
    private static final AtomicLong LAST = new AtomicLong();

    private TimedId() {}

    /// A new id.
    ///
    /// @param prefix with its underscore, as in `usr_`
    public static String of(String prefix, Instant created) {
        long count = LAST.accumulateAndGet(
                (created.toEpochMilli() << COUNTER_BITS) | RANDOM.nextInt(COUNTER_START),
                (last, now) -> last >>> COUNTER_BITS == now >>> COUNTER_BITS ? last + 1 : now);
        long high = ((count >>> COUNTER_BITS) << 16) | 0x7000 | (count & ((1 << COUNTER_BITS) - 1));
        long low = RANDOM.nextLong() >>> 2 | 0x8000000000000000L;
        return prefix + new UUID(high, low).toString().replace("-", "");
    }
}
