/// Server-sent events: one bounded buffer a client, and nobody waits for a slow one.
@NullMarked
package dev.fettle.server.sse;

import org.jspecify.annotations.NullMarked;
