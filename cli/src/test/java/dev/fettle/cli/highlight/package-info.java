/// Claims about what a run looks like.
@NullMarked
package dev.fettle.cli.highlight;

import org.jspecify.annotations.NullMarked;
