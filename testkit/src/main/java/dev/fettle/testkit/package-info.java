/// Stand-ins with real behaviour, and one contract test per port; for tests and benchmarks everywhere.
@NullMarked
package dev.fettle.testkit;

import org.jspecify.annotations.NullMarked;
