/// Facts a user wants remembered, found again by what they say.
@NullMarked
package dev.fettle.core.memory;

import org.jspecify.annotations.NullMarked;
