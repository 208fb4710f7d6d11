/// Finds files and lines in a tree the way git sees it.
@NullMarked
package dev.fettle.tools.search;

import org.jspecify.annotations.NullMarked;
