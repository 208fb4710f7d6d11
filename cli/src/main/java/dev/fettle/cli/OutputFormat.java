package dev.fettle.cli;

import java.util.Locale;

/// What a run puts on standard output.
enum OutputFormat {
    /// The model's final words.
    TEXT,
    /// The result as one JSON object.
    JSON,
    /// Every event as it happens, then the result, one JSON object a line.
    JSONL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
