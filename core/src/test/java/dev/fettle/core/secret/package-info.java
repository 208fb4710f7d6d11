/// Claims about what counts as a secret, and what becomes of it.
@NullMarked
package dev.fettle.core.secret;

import org.jspecify.annotations.NullMarked;
