/// What several processes count together.
@NullMarked
package dev.fettle.core.limit;

import org.jspecify.annotations.NullMarked;
