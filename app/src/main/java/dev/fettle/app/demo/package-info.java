/// The bundled project that the demo mends.
@NullMarked
package dev.fettle.app.demo;

import org.jspecify.annotations.NullMarked;
