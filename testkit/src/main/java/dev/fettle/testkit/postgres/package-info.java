/// A PostgreSQL server for tests.
@NullMarked
package dev.fettle.testkit.postgres;

import org.jspecify.annotations.NullMarked;
