/// JSON as model APIs want it: bodies written in a fixed order, and the parts of a call that must be legal.
@NullMarked
package dev.fettle.providers.json;

import org.jspecify.annotations.NullMarked;
