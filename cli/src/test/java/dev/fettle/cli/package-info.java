/// Claims about the commands, run in process against a scripted model.
@NullMarked
package dev.fettle.cli;

import org.jspecify.annotations.NullMarked;
