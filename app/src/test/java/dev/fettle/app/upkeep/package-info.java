/// Claims about how an installation is kept in order.
@NullMarked
package dev.fettle.app.upkeep;

import org.jspecify.annotations.NullMarked;
