package dev.fettle.store.upkeep;

/// What opening a database did to its tables.
///
/// @param from the version it had; zero if it was empty
/// @param to the version it has
public record Migrated(int from, int to) {
    /// It was at this version already, or another process was faster.
    public static Migrated none(int version) {
        return new Migrated(version, version);
    }
}
