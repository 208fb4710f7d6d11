/// The list of what is to be done that a model keeps for itself and for who watches.
@NullMarked
package dev.fettle.core.todo;

import org.jspecify.annotations.NullMarked;
