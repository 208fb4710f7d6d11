/// Tests of what a piece of source may mean.
@NullMarked
package dev.fettle.code.repair.operator;

import org.jspecify.annotations.NullMarked;
