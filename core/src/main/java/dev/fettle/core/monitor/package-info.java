/// What is told of the work while it is done, for whoever counts it, and what it came to.
@NullMarked
package dev.fettle.core.monitor;

import org.jspecify.annotations.NullMarked;
