package dev.fettle.telemetry.metrics;

import java.util.Set;

/// The values that a label may have. Each value of a label is kept for the life of the process, so none may be
/// anybody's invention.
record Bounded(Set<String> known) {
    private static final String OTHER = "other";

    Bounded {
        known = Set.copyOf(known);
    }

    String of(String value) {
        return known.contains(value) ? value : OTHER;
    }
}
