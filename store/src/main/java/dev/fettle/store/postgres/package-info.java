/// Keeps sessions and the ledger in PostgreSQL, shared by processes on any number of machines.
@NullMarked
package dev.fettle.store.postgres;

import org.jspecify.annotations.NullMarked;
