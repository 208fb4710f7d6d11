/// Requests that are sent twice and done once.
@NullMarked
package dev.fettle.core.idempotency;

import org.jspecify.annotations.NullMarked;
