/// Tests of how parts are put together.
@NullMarked
package dev.fettle.app.wiring;

import org.jspecify.annotations.NullMarked;
