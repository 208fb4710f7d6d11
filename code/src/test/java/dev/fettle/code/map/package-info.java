/// Claims about the map.
@NullMarked
package dev.fettle.code.map;

import org.jspecify.annotations.NullMarked;
