/// What lines of the log belong together: the trace, the request, the run that they are about.
@NullMarked
package dev.fettle.core.trace;

import org.jspecify.annotations.NullMarked;
