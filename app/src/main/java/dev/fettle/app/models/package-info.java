/// Which models there are, and the way of requests to them.
@NullMarked
package dev.fettle.app.models;

import org.jspecify.annotations.NullMarked;
