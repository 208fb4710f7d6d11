/// Keeps the values of secrets out of what a turn writes down, and puts them where a call may have them.
@NullMarked
package dev.fettle.core.redaction;

import org.jspecify.annotations.NullMarked;
