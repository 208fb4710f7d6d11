package dev.fettle.store.upkeep;

import dev.fettle.store.sql.Books;

/// What whoever looks after a database needs of it.
///
/// @param migrated what opening it did
public record Upkeep(Migrated migrated, Books books, Archive archive, OldRows oldRows, Reports reports) {}
