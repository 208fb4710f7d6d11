/// Server-sent events, read from what is kept anyway at each client's pace.
@NullMarked
package dev.fettle.server.sse;

import org.jspecify.annotations.NullMarked;
