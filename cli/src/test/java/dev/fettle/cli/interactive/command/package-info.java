/// Claims about what the user can tell Fettle itself.
@NullMarked
package dev.fettle.cli.interactive.command;

import org.jspecify.annotations.NullMarked;
