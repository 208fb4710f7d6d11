/// Finds out about a failure what can be found out without a model: makes it happen, reads it, ranks the
/// lines it may come from, looks for the commit that brought it, and checks whether it is gone.
@NullMarked
package dev.fettle.code.debug;

import org.jspecify.annotations.NullMarked;
