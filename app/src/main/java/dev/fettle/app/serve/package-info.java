/// This process as the HTTP service: what it is made of, and how it starts and stops.
@NullMarked
package dev.fettle.app.serve;

import org.jspecify.annotations.NullMarked;
