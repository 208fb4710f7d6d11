/// Tests of the package of this name.
@NullMarked
package dev.fettle.code.project;

import org.jspecify.annotations.NullMarked;
