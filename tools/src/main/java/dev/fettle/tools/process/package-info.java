/// Runs commands so that their output stays small and nothing they start outlives them.
@NullMarked
package dev.fettle.tools.process;

import org.jspecify.annotations.NullMarked;
