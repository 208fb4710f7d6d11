/// What is kept for a while: in this process, and where replicas share a Redis behind that.
@NullMarked
package dev.fettle.store.cache;

import org.jspecify.annotations.NullMarked;
