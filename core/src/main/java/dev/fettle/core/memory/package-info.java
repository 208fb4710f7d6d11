/// Facts a user wants remembered, found again by what they say and mean.
@NullMarked
package dev.fettle.core.memory;

import org.jspecify.annotations.NullMarked;
