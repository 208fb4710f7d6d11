/// What the stores of both databases have in common: the tables, and who writes in them.
@NullMarked
package dev.fettle.store.sql;

import org.jspecify.annotations.NullMarked;
