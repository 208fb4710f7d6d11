package dev.fettle.core.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.fettle.core.id.TimedId;
import java.time.Instant;

/// `run_` and a UUIDv7 without dashes: unique, and sorted by the time of creation.
public record RunId(@JsonValue String value) implements Comparable<RunId> {
    @JsonCreator
    public RunId {
        if (!value.matches("run_[0-9a-f]{32}")) {
            throw new IllegalArgumentException(
                    "Not a run id: `%s`; it looks like run_0198f2c47a117bb28f4de1c0a9d35e6b".formatted(value));
        }
    }

    public static RunId at(Instant created) {
        return new RunId(TimedId.of("run_", created));
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
