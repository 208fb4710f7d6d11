/// Claims about the program as a whole.
@NullMarked
package dev.fettle.app;

import org.jspecify.annotations.NullMarked;
