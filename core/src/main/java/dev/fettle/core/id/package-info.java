/// Ids that need no counter and sort by the time they were made.
@NullMarked
package dev.fettle.core.id;

import org.jspecify.annotations.NullMarked;
