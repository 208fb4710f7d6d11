/// Claims about what a run looks like.
@NullMarked
package dev.fettle.cli.text;

import org.jspecify.annotations.NullMarked;
