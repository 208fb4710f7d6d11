/// Carries notices between processes, over lines that may break at any time.
@NullMarked
package dev.fettle.store.feed;

import org.jspecify.annotations.NullMarked;
