/// A request and its answer as handlers see them; knows no HTTP library.
@NullMarked
package dev.fettle.server.exchange;

import org.jspecify.annotations.NullMarked;
