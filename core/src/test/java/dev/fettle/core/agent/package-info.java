/// Claims about the loop.
@NullMarked
package dev.fettle.core.agent;

import org.jspecify.annotations.NullMarked;
