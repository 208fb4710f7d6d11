/// What makes one kept tree another, written as git writes patches.
@NullMarked
package dev.fettle.tools.snapshot.diff;

import org.jspecify.annotations.NullMarked;
