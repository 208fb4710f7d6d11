/// Claims about the index, on real files.
@NullMarked
package dev.fettle.code.index;

import org.jspecify.annotations.NullMarked;
