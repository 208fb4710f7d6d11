/// What both databases do.
@NullMarked
package dev.fettle.store.sql;

import org.jspecify.annotations.NullMarked;
