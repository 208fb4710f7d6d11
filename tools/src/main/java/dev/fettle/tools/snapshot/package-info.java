/// Keeps working trees in git's own format, beside and without the user's repository.
@NullMarked
package dev.fettle.tools.snapshot;

import org.jspecify.annotations.NullMarked;
