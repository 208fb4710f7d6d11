/// Claims about what a run looks like.
@NullMarked
package dev.fettle.cli.markdown;

import org.jspecify.annotations.NullMarked;
