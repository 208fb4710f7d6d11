/// What files look like as text: encodings, differences, near misses, and short ways to show them.
@NullMarked
package dev.fettle.tools.text;

import org.jspecify.annotations.NullMarked;
