/// Tests of this package.
@NullMarked
package dev.fettle.code.source;

import org.jspecify.annotations.NullMarked;
