/// A real Redis for tests.
@NullMarked
package dev.fettle.testkit.redis;

import org.jspecify.annotations.NullMarked;
