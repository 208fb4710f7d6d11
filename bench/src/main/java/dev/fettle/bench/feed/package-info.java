/// How soon what one process appends is seen in another, and what announcing it costs whoever appends.
@NullMarked
package dev.fettle.bench.feed;

import org.jspecify.annotations.NullMarked;
