/// What the user can tell Fettle itself, by a slash.
@NullMarked
package dev.fettle.cli.interactive.command;

import org.jspecify.annotations.NullMarked;
