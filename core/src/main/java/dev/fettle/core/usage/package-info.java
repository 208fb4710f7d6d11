/// What a run consumes and what it may consume: tokens, money, steps, time.
@NullMarked
package dev.fettle.core.usage;

import org.jspecify.annotations.NullMarked;
