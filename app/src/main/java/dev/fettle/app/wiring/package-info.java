/// Puts the parts together, with plain constructors, from top to bottom.
@NullMarked
package dev.fettle.app.wiring;

import org.jspecify.annotations.NullMarked;
