/// Speaks to the APIs that say what texts mean.
@NullMarked
package dev.fettle.providers.embedding;

import org.jspecify.annotations.NullMarked;
