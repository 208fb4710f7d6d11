/// Where the program starts.
@NullMarked
package dev.fettle.app;

import org.jspecify.annotations.NullMarked;
