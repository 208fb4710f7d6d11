/// What it costs to show what models write.
@NullMarked
package dev.fettle.bench.terminal;

import org.jspecify.annotations.NullMarked;
