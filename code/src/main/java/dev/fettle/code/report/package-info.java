/// What tests, compilers and programs said of a failure, in the same words whatever tool said it.
@NullMarked
package dev.fettle.code.report;

import org.jspecify.annotations.NullMarked;
