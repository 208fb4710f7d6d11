/// What a route says of itself: what it takes, what it gives and what it refuses.
@NullMarked
package dev.fettle.server.operation;

import org.jspecify.annotations.NullMarked;
