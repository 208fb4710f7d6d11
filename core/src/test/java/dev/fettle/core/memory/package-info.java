/// Claims about what is remembered.
@NullMarked
package dev.fettle.core.memory;

import org.jspecify.annotations.NullMarked;
