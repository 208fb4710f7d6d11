/// Counts how many programs with one fault each are repaired, and how long that takes.
@NullMarked
package dev.fettle.bench.repair;

import org.jspecify.annotations.NullMarked;
