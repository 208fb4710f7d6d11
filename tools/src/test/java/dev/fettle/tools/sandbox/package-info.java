/// Claims about what commands can and cannot reach.
@NullMarked
package dev.fettle.tools.sandbox;

import org.jspecify.annotations.NullMarked;
