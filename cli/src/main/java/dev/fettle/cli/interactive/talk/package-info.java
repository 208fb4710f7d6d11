/// What goes on in a sitting at the terminal: whom the user talks with, what runs, how a turn is written down.
@NullMarked
package dev.fettle.cli.interactive.talk;

import org.jspecify.annotations.NullMarked;
