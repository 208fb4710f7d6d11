/// The agent at a terminal, turn after turn: what is said, what runs, what is asked.
@NullMarked
package dev.fettle.cli.interactive;

import org.jspecify.annotations.NullMarked;
