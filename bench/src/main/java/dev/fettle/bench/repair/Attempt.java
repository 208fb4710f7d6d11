package dev.fettle.bench.repair;

import java.time.Duration;

/// What became of a fault.
///
/// @param time of the search alone
/// @param remark what else is worth saying; may be empty
record Attempt(SeededFault fault, Fate fate, Duration time, String remark) {
    enum Fate {
        /// The patch is the right program, or holds what was held back, too.
        REPAIRED("repaired"),
        /// Plausible: all tests pass; but a claim that was held back does not hold.
        WRONG("wrong"),
        NOT_FOUND("not found");

        private final String word;

        Fate(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
