/// Recording runs, and testing with recordings.
@NullMarked
package dev.fettle.cli.replay;

import org.jspecify.annotations.NullMarked;
