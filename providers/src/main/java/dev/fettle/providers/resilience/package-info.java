/// Wrappers around model providers, each with one duty: to repeat, to spare, to hold back, to change over, to
/// remember, to count.
@NullMarked
package dev.fettle.providers.resilience;

import org.jspecify.annotations.NullMarked;
