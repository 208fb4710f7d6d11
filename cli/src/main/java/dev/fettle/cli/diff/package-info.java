/// Changes in colour, down to the word.
@NullMarked
package dev.fettle.cli.diff;

import org.jspecify.annotations.NullMarked;
