/// Watching sessions while some process writes them: notices say where to look, the log says what there is.
@NullMarked
package dev.fettle.core.feed;

import org.jspecify.annotations.NullMarked;
