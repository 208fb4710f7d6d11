/// Claims about queries and trees.
@NullMarked
package dev.fettle.code.syntax;

import org.jspecify.annotations.NullMarked;
