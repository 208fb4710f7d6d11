/// What Redis is used for where there is one; it holds no truth and may vanish at any time.
@NullMarked
package dev.fettle.store.redis;

import org.jspecify.annotations.NullMarked;
