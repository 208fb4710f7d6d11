/// Commands that take back what turns have changed, do it again, and show it.
@NullMarked
package dev.fettle.cli.undo;

import org.jspecify.annotations.NullMarked;
