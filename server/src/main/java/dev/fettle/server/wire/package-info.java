/// Requests and answers on real sockets: the only place that knows the HTTP library.
@NullMarked
package dev.fettle.server.wire;

import org.jspecify.annotations.NullMarked;
