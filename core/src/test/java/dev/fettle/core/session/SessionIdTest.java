package dev.fettle.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SessionIdTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.123Z");

    @Test
    void isAUuidOfVersionSevenThatHoldsItsTime() {
        String hex = SessionId.at(NOW).value().substring(4);
        UUID uuid = new UUID(
                new BigInteger(hex.substring(0, 16), 16).longValue(),
                new BigInteger(hex.substring(16), 16).longValue());

        assertEquals(7, uuid.version());
        assertEquals(2, uuid.variant());
        assertEquals(NOW.toEpochMilli(), uuid.getMostSignificantBits() >>> 16);
    }

    @Test
    void sortsByTheTimeOfCreation() {
        List<SessionId> ids = LongStream.range(0, 1_000)
                .mapToObj(ms -> SessionId.at(NOW.plusMillis(ms)))
                .toList();

        assertEquals(ids, ids.stream().sorted().toList());
    }

    @Test
    void isUniqueWithinAMillisecondAndSortsByTheOrderOfCreation() {
        List<SessionId> ids =
                IntStream.range(0, 1_000).mapToObj(_ -> SessionId.at(NOW)).toList();

        assertEquals(ids, ids.stream().distinct().sorted().toList());
    }

    @Test
    void whatLooksDifferentIsRefusedWithAnExample() {
        for (String value : List.of(
                "",
                "ses_",
                "ses_0198f2c4-7a11-7bb2-8f4d-e1c0a9d35e6b",
                "ses_0198F2C47A117BB28F4DE1C0A9D35E6B",
                "run_0198f2c47a117bb28f4de1c0a9d35e6b",
                "ses_0198f2c47a117bb28f4de1c0a9d35e6b\n")) {
            assertEquals(
                    "Not a session id: `%s`; it looks like ses_0198f2c47a117bb28f4de1c0a9d35e6b".formatted(value),
                    assertThrows(IllegalArgumentException.class, () -> new SessionId(value))
                            .getMessage());
        }
    }

    @Test
    void isShownAsItIsWritten() {
        assertTrue(Stream.generate(() -> SessionId.at(NOW))
                .limit(100)
                .allMatch(id -> new SessionId(id.toString()).equals(id)));
    }
}
