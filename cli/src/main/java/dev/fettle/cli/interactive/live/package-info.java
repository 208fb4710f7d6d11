/// The lines at the bottom of a terminal that are still alive: what is under way, the line being typed, the status.
/// Whatever is finished is printed above them for good.
@NullMarked
package dev.fettle.cli.interactive.live;

import org.jspecify.annotations.NullMarked;
