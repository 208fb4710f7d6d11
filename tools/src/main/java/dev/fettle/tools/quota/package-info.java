/// Keeps directories within bounds while somebody works in them.
@NullMarked
package dev.fettle.tools.quota;

import org.jspecify.annotations.NullMarked;
