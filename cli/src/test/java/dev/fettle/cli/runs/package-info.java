/// Claims about what is shown of runs that are carried out elsewhere.
@NullMarked
package dev.fettle.cli.runs;

import org.jspecify.annotations.NullMarked;
