/// What all routes have in common: who is let in and sees what, what is done once, what trouble is called.
@NullMarked
package dev.fettle.server.api.guard;

import org.jspecify.annotations.NullMarked;
