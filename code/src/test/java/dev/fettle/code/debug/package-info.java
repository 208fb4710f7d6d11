/// Tests of the package of this name.
@NullMarked
package dev.fettle.code.debug;

import org.jspecify.annotations.NullMarked;
