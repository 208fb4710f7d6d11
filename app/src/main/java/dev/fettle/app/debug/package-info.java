/// Looks into failures on this machine, for the command line.
@NullMarked
package dev.fettle.app.debug;

import org.jspecify.annotations.NullMarked;
