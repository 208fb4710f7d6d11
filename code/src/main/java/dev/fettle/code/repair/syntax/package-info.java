/// Source as a tree, in languages that can be repaired, and what they call the same things.
@NullMarked
package dev.fettle.code.repair.syntax;

import org.jspecify.annotations.NullMarked;
