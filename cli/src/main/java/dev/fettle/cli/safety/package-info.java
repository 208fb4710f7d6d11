/// Commands that show and try out what keeps the machine and its keys safe.
@NullMarked
package dev.fettle.cli.safety;

import org.jspecify.annotations.NullMarked;
