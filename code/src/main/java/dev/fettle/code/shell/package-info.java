/// Shell scripts, read with bash's grammar.
@NullMarked
package dev.fettle.code.shell;

import org.jspecify.annotations.NullMarked;
