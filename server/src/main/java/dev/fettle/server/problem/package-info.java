/// What goes wrong with a request, as RFC 9457 tells it.
@NullMarked
package dev.fettle.server.problem;

import org.jspecify.annotations.NullMarked;
