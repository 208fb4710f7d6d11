/// Keeps sessions in one SQLite file, shared by all processes of a machine.
@NullMarked
package dev.fettle.store;

import org.jspecify.annotations.NullMarked;
