/// Looks after a database: backs it up and restores it, takes out what is old, and adds up what a day came
/// to.
@NullMarked
package dev.fettle.store.upkeep;

import org.jspecify.annotations.NullMarked;
