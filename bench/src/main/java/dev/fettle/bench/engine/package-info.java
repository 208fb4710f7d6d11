/// What a step of a queued run costs, and what many sessions do to the store.
@NullMarked
package dev.fettle.bench.engine;

import org.jspecify.annotations.NullMarked;
