/// Claims about runs.
@NullMarked
package dev.fettle.core.run;

import org.jspecify.annotations.NullMarked;
