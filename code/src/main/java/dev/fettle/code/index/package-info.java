/// What all source files of a workspace consist of, kept in a file that is brought up to date before it is
/// asked.
@NullMarked
package dev.fettle.code.index;

import org.jspecify.annotations.NullMarked;
