/// Claims about what a run looks like.
@NullMarked
package dev.fettle.cli.diff;

import org.jspecify.annotations.NullMarked;
