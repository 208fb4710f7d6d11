package dev.fettle.server.api.state;

import java.time.Duration;

/// Something that the service needs.
public interface Dependency {
    /// One word: `database`.
    String name();

    /// How it stands now. May take its time; a check that takes too long is taken for a bad answer.
    Condition check() throws InterruptedException;

    /// How long what was found is good for, before somebody who asks has it looked at again. They wait for that; what
    /// is good for many seconds they are told as it was, with its age.
    default Duration goodFor() {
        return Duration.ofSeconds(1);
    }

    /// How badly off the service is without it.
    default Level worst() {
        return Level.DOWN;
    }

    /// What was found.
    ///
    /// @param detail for operators
    record Condition(Level level, String detail) {
        public static Condition up(String detail) {
            return new Condition(Level.UP, detail);
        }
    }

    /// Ordered by how bad it is.
    enum Level {
        UP,
        /// The service does part of what it should.
        DEGRADED,
        /// Requests are better sent elsewhere.
        DOWN;

        String word() {
            return switch (this) {
                case UP -> "ok";
                case DEGRADED -> "degraded";
                case DOWN -> "unavailable";
            };
        }
    }
}
