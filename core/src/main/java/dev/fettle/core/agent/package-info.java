/// The loop that drives a turn from a prompt to its outcome.
@NullMarked
package dev.fettle.core.agent;

import org.jspecify.annotations.NullMarked;
