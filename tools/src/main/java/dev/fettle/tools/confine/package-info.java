/// What all ways of confining commands have in common: which files to keep, which system calls to refuse.
@NullMarked
package dev.fettle.tools.confine;

import org.jspecify.annotations.NullMarked;
