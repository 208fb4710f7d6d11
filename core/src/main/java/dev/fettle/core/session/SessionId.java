package dev.fettle.core.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.fettle.core.id.TimedId;
import java.time.Instant;

/// `ses_` and a UUIDv7 (RFC 9562 §5.7) without dashes: unique, and sorted by the time of creation.
public record SessionId(@JsonValue String value) implements Comparable<SessionId> {
    @JsonCreator
    public SessionId {
        if (!value.matches("ses_[0-9a-f]{32}")) {
            throw new IllegalArgumentException(
                    "Not a session id: `%s`; it looks like ses_0198f2c47a117bb28f4de1c0a9d35e6b".formatted(value));
        }
    }

    public static SessionId at(Instant created) {
        return new SessionId(TimedId.of("ses_", created));
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
