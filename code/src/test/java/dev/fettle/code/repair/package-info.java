/// Tests of repairs.
@NullMarked
package dev.fettle.code.repair;

import org.jspecify.annotations.NullMarked;
