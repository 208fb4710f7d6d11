/// What it costs to index source code.
@NullMarked
package dev.fettle.bench.index;

import org.jspecify.annotations.NullMarked;
