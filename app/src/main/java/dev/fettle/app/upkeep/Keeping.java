package dev.fettle.app.upkeep;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.store.upkeep.OldRows;
import java.time.Duration;

/// How long things are kept, and how much of them.
///
/// @param output how long output of commands is kept that was too long to show
public record Keeping(OldRows.Ages rows, Duration output, long outputBytes, long snapshotBytes) {
    private static final Duration OUTPUT = Duration.ofDays(7);

    public static Keeping of(Configuration configuration) {
        return new Keeping(
                new OldRows.Ages(configuration.find(Settings.RETENTION), configuration.find(Settings.RETENTION_FACTS)),
                OUTPUT,
                configuration.get(Settings.OUTPUT_LIMIT),
                configuration.get(Settings.SNAPSHOT_LIMIT));
    }
}
