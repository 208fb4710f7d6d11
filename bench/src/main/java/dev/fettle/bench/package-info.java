/// Whole-process benchmarks: what a user waits for and pays in CPU and memory, against a model that answers at once.
@NullMarked
package dev.fettle.bench;

import org.jspecify.annotations.NullMarked;
