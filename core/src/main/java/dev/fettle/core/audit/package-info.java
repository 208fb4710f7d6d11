/// Who did what, in entries that nobody can change.
@NullMarked
package dev.fettle.core.audit;

import org.jspecify.annotations.NullMarked;
