/// What a day came to, and whom it is told.
@NullMarked
package dev.fettle.core.report;

import org.jspecify.annotations.NullMarked;
