/// The one visible list of the tools every agent has.
@NullMarked
package dev.fettle.tools;

import org.jspecify.annotations.NullMarked;
