/// Claims about what a run looks like.
@NullMarked
package dev.fettle.cli.render;

import org.jspecify.annotations.NullMarked;
