/// Syntax trees of any language there is a grammar for, and queries over them.
@NullMarked
package dev.fettle.code.syntax;

import org.jspecify.annotations.NullMarked;
