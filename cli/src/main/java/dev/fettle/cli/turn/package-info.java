/// What commands share that run a turn at a terminal: the words of its prompt, who is asked, how Ctrl-C ends it.
@NullMarked
package dev.fettle.cli.turn;

import org.jspecify.annotations.NullMarked;
