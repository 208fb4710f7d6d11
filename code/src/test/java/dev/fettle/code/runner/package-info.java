/// Runners recognised from files, and those that are installed run for real.
@NullMarked
package dev.fettle.code.runner;

import org.jspecify.annotations.NullMarked;
