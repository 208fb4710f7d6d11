/// The HTTP edge as a whole: its options, and starting and stopping it.
@NullMarked
package dev.fettle.server;

import org.jspecify.annotations.NullMarked;
