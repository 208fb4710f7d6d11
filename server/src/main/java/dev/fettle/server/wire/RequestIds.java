package dev.fettle.server.wire;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// The id a client gave its request, if it is harmless to print, or a new one.
final class RequestIds {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final InstantSource clock;

    RequestIds(InstantSource clock) {
        this.clock = clock;
    }

    String of(Optional<String> given) {
        return given.filter(id -> HARMLESS.matcher(id).matches()).orElseGet(this::fresh);
    }

    /// Shaped as UUIDv7 (RFC 9562 §5.7), so that ids sort by time.
    String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = clock.millis() << 16 | 0x7000 | random.nextInt(0x1000);
        long low = random.nextLong() >>> 2 | 0x8000000000000000L;
        return "req_" + HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
