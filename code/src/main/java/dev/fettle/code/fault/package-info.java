/// Says which lines a failure most likely comes from: by its stack, by what failing tests run and passing ones do not,
/// and by what was changed last.
@NullMarked
package dev.fettle.code.fault;

import org.jspecify.annotations.NullMarked;
