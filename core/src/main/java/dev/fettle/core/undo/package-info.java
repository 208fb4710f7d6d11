/// Taking back what turns have changed in the working tree, and doing it again.
@NullMarked
package dev.fettle.core.undo;

import org.jspecify.annotations.NullMarked;
