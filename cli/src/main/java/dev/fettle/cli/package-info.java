/// The terminal face: commands, what they print, and the exit codes that tell how they ended.
@NullMarked
package dev.fettle.cli;

import org.jspecify.annotations.NullMarked;
