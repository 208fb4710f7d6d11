/// Claims about the tools that ask the index.
@NullMarked
package dev.fettle.code.search;

import org.jspecify.annotations.NullMarked;
