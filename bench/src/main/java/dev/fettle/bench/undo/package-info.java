/// What it costs to be able to take a turn back.
@NullMarked
package dev.fettle.bench.undo;

import org.jspecify.annotations.NullMarked;
