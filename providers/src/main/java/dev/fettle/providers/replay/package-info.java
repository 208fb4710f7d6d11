/// A model that answers from a recording.
@NullMarked
package dev.fettle.providers.replay;

import org.jspecify.annotations.NullMarked;
