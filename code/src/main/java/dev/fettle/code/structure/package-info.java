/// The structure of a piece of software, as far as its files say it themselves.
@NullMarked
package dev.fettle.code.structure;

import org.jspecify.annotations.NullMarked;
