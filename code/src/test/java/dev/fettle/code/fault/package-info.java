/// Tests of the package of this name.
@NullMarked
package dev.fettle.code.fault;

import org.jspecify.annotations.NullMarked;
